using Lms.Manuscripts.Courses;
using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Markdown;
using Lms.Manuscripts.Markdown.References;

namespace Lms.Manuscripts.Questions.Notation;

/// <summary>One folder's questions in every language.</summary>
internal sealed class BankFolder(string folder)
{
    private readonly List<(string Language, SourceFile File)> _files = [];
    private readonly Dictionary<string, IReadOnlyList<Item>> _items = new(StringComparer.Ordinal);
    private string _source = "";

    public string Folder => folder;
    public IReadOnlyList<ReadItem> Source { get; private set; } = [];
    public IReadOnlyDictionary<string, IReadOnlyList<Item>> Items => _items;
    public IEnumerable<string> Languages => _files.Select(f => f.Language);

    public void ReadFiles(ContentFolder content, string source, Report report)
    {
        _source = source;
        foreach (var (language, path) in TranslatedFiles.Find(folder, "questions", source, content, report))
            if (content.ReadText(path, report) is { } file) _files.Add((language, file));
        if (_files.All(f => f.Language != source))
            report.Error(new Place(content.Name(Path.Combine(folder, "questions.md")), 1, 1), "questions-missing", "Translated questions have no source.", $"Write questions.md in the course's own language, “{source}”.");
    }

    public void Render(Func<string, Func<Footnotes, Scope>> scopes, Library library, Report report)
    {
        if (_files.Count == 0 || _files[0].Language != _source) return;
        var original = _files[0].File;
        Source = BankReader.Read(original.Name, original.Lines, null, scopes(_source), library, report);
        _items[_source] = [.. Source.Select(s => s.Item)];
        foreach (var (language, file) in _files.Skip(1))
        {
            var (hash, lines) = SourceHash.Split(file);
            var translated = BankReader.Read(file.Name, lines, Source, scopes(language), library, report);
            _items[language] = TranslatedItems.Match(Source, translated, file.At(1), report);
            TranslatedFiles.IsStale(hash, SourceHash.Of(original), file.At(1), "questions.md", report);
        }
    }
}
