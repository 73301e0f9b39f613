using Lms.Manuscripts.Courses;
using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Markdown;
using Lms.Manuscripts.Markdown.References;

namespace Lms.Manuscripts.Questions.Notation;

/// <summary>Reads a file of questions: nothing but headings may stand between them.</summary>
internal static class BankReader
{
    /// <param name="file">The file's name.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="source">For a translation, the items that it translates; else null.</param>
    /// <param name="scopeWith">Makes the scope of the file.</param>
    /// <param name="library">Documents that may be cited.</param>
    /// <param name="report">Takes the findings.</param>
    public static IReadOnlyList<ReadItem> Read(
        string file, IReadOnlyList<Line> lines, IReadOnlyList<ReadItem>? source, Func<Footnotes, Scope> scopeWith, Library library, Report report)
    {
        var (notes, text) = Footnotes.Extract(file, lines, library.Standards, report);
        var reader = new ItemReader(scopeWith(notes), inBank: true);
        var items = new List<ReadItem>();
        foreach (var piece in Cutter.Cut(file, text, report))
            if (piece.Item is { } raw)
            {
                var objective = source is null ? null : items.Count < source.Count ? source[items.Count].Item.Objective : "";
                if (reader.Read(raw, null, objective) is { } item) items.Add(item);
            }
            else if (piece.Text!.Lines.FirstOrDefault(l => !l.IsBlank && !l.Text.StartsWith('#')) is { Text: not null } stray)
                report.Error(new Place(file, stray.Number, stray.Column), "text-outside-item", "This text belongs to no question.", "Begin each question with “<!-- item”, and end it with its answers and rationale.");
        foreach (var note in notes.Unused)
            report.Warning(note.At, "footnote-unused", $"No text refers to the footnote “{note.Label}”.", $"Write “[^{note.Label}]” where it belongs, or remove it.");
        return items;
    }
}
