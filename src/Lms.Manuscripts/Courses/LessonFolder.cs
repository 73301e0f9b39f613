using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Markdown;
using Lms.Manuscripts.Markdown.References;
using Lms.Manuscripts.Questions.Notation;

namespace Lms.Manuscripts.Courses;

/// <summary>A lesson while it is read: its files, then its texts.</summary>
internal sealed class LessonFolder(string name, string folder)
{
    private readonly Dictionary<string, LessonFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LessonText> _texts = new(StringComparer.Ordinal);

    public string Name => name;
    public string Folder => folder;
    public string Slug { get; } = name.TrimStart("0123456789".ToCharArray()).TrimStart('-') is { Length: > 0 } slug ? slug : name;
    public LessonFile? Source { get; private set; }
    public IReadOnlyList<ReadItem> Checks { get; private set; } = [];
    public IEnumerable<string> Languages => _files.Keys;

    public void ReadFiles(ContentFolder content, string source, Library library, Report report)
    {
        var paths = TranslatedFiles.Find(folder, "lesson", source, content, report);
        if (paths.All(p => p.Language != source))
            report.Error(new Place(content.Name(Path.Combine(folder, "lesson.md")), 1, 1), "lesson-missing", "The folder has no lesson.md.", $"Write the lesson in the course's own language, “{source}”.");
        foreach (var (language, path) in paths)
            if (content.ReadText(path, report) is { } text && LessonFile.Read(text, language != source, library, report) is { } file)
                _files[language] = file;
        Source = _files.GetValueOrDefault(source);
    }

    public void Render(Func<string, Func<Footnotes, Scope>> scopes, string source, Library library, Report report)
    {
        if (Source is null) return;
        foreach (var (language, file) in _files.OrderByDescending(f => f.Key == source))
        {
            var read = LessonReader.Read(file, scopes(language), library, report);
            if (language == source)
            {
                Checks = read.Checks;
                _texts[language] = read.Text;
                continue;
            }
            CheckHead(file, report);
            var items = new Queue<Questions.Item>(TranslatedItems.Match(Checks, read.Checks, file.At, report));
            var stale = TranslatedFiles.IsStale(file.SourceHash, SourceHash.Of(Source), file.HashAt, "lesson.md", report);
            _texts[language] = read.Text with { Stale = stale, Blocks = [.. read.Text.Blocks.Select(b => b.Check is null || items.Count == 0 ? b : new LessonBlock(null, items.Dequeue()))] };
        }
    }

    /// <summary>The lesson; null when its source could not be read.</summary>
    public Lesson? Build() => Source is not { } source ? null : new Lesson
    {
        Id = source.Id, Slug = Slug, Minutes = source.Minutes, Bloom = source.Bloom, Standards = source.Standards, Facts = source.Facts, Review = source.Review,
        Prerequisites = [.. source.Prerequisites.Select(p => p.Value!)], Texts = _texts,
        Objectives = [.. source.Objectives.Select(o => new Objective(o.Id, ObjectiveText(o.Id)))],
    };

    private LanguageMap ObjectiveText(string id)
    {
        var texts = new LanguageMap();
        foreach (var (language, file) in _files)
            if (file.Objectives.FirstOrDefault(o => o.Id == id) is { } objective) texts[language] = objective.Text;
        return texts;
    }

    private void CheckHead(LessonFile file, Report report)
    {
        if (file.Id != Source!.Id) report.Error(file.IdAt, "translation-id", $"The translation has the id “{file.Id}”, its source “{Source.Id}”.", $"Write “id: {Source.Id}”.");
        if (!file.Objectives.Select(o => o.Id).SequenceEqual(Source.Objectives.Select(o => o.Id)))
            report.Error(file.Objectives.Count > 0 ? file.Objectives[0].At : file.At, "translation-objectives", "The translation's objectives are not those of its source.", $"Keep the ids and their order: {string.Join(", ", Source.Objectives.Select(o => o.Id))}.");
        if (file.Minutes != 0 && file.Minutes != Source.Minutes || file.Bloom.Length > 0 && file.Bloom != Source.Bloom)
            report.Warning(file.At, "translation-head-differs", "Minutes or Bloom level differ from the source, whose values are used.", "Repeat the source's values, or leave them out.");
    }
}
