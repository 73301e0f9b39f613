using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Markdown;
using Lms.Manuscripts.Markdown.Figures;
using Lms.Manuscripts.Markdown.References;
using Lms.Manuscripts.Questions.Notation;

namespace Lms.Manuscripts.Questions.Gift;

/// <summary>Questions read from GIFT.</summary>
/// <param name="Markdown">The same questions in the notation of <c>content/README.md</c>, to be saved as <c>questions.md</c>.</param>
/// <param name="Items">The questions; objectives that GIFT does not name are empty.</param>
/// <param name="Findings">What could not be taken over, by line of the GIFT text.</param>
public sealed record GiftImport(string Markdown, IReadOnlyList<Item> Items, IReadOnlyList<Finding> Findings);

/// <summary>
/// GIFT, Moodle's text format for questions. Ids, objectives, difficulty and clauses travel in the comment before a question
/// (<c>[id:…] [tag:…]</c>). Hints and reason codes have no place in GIFT; an ordering travels as a matching, and a
/// cloze of several gaps as one question for each gap.
/// </summary>
public static class GiftFormat
{
    private const int MostCharacters = 1_000_000;

    /// <summary>Writes questions as GIFT.</summary>
    public static string Write(IEnumerable<Item> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return string.Join('\n', items.SelectMany(GiftWriter.Write));
    }

    /// <summary>Reads GIFT. Never throws for what the text contains.</summary>
    /// <param name="text">The text of a GIFT file.</param>
    /// <param name="file">The name that findings give it.</param>
    public static GiftImport Read(string text, string file = "import.gift")
    {
        ArgumentNullException.ThrowIfNull(text);
        var report = new Report();
        if (text.Length > MostCharacters)
        {
            report.Error(new Place(file, 1, 1), "file-too-large", $"The file has more than {MostCharacters} characters.", "Divide it.");
            return new GiftImport("", [], [.. report.Sorted]);
        }
        var written = GiftReader.Read(new SourceFile(file, text), report).ToList();
        var items = written.Select(q => Understand(q, file, report)).ToList();
        var markdown = string.Join('\n', written.Where((_, i) => items[i] is not null).Select(q => q.Markdown));
        return new GiftImport(markdown, [.. items.OfType<Item>()], [.. report.Sorted]);
    }

    // The notation's own reader is the judge of what was taken over.
    private static Item? Understand(GiftReader.Question question, string file, Report report)
    {
        var own = new Report();
        var source = new SourceFile(file, question.Markdown);
        var standards = new Standards([]);
        var scope = new Scope
        {
            Language = "en", Report = own, Standards = standards, Glossary = new Glossary(), Figures = new FigureFolder("", new FigureStore(new ContentFolder("."), own)),
            Footnotes = Footnotes.Extract(file, [], standards, own).Notes, Slugs = new Dictionary<string, string>(),
        };
        var raw = Cutter.Cut(file, source.Lines, own).Select(p => p.Item).FirstOrDefault(i => i is not null);
        var item = raw is null ? null : new ItemReader(scope, inBank: false).Read(raw, null, "")?.Item;
        foreach (var finding in own.Sorted.Where(f => f.Severity == Severity.Error && f.Code != "reference-unknown"))
            report.Warning(new Place(file, question.Line, 1), "gift-" + finding.Code, $"“{question.Id}”: {finding.Message}", finding.Suggestion);
        return item;
    }
}
