using System.Globalization;
using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Markdown;
using Lms.Manuscripts.Markdown.References;
using Lms.Manuscripts.Yaml;

namespace Lms.Manuscripts.Courses;

/// <summary>An objective with its place.</summary>
internal sealed record ObjectiveLine(string Id, string Text, Place At);

/// <summary>A lesson's front matter and the lines of its text.</summary>
internal sealed record LessonFile
{
    private static readonly string[] s_blooms = ["remember", "understand", "apply", "analyse", "evaluate", "create"];

    public required SourceFile Source { get; init; }
    public required Place At { get; init; }
    public required string Id { get; init; }
    public required Place IdAt { get; init; }
    public required string Title { get; init; }
    public required int Minutes { get; init; }
    public required string Bloom { get; init; }
    public required IReadOnlyList<ObjectiveLine> Objectives { get; init; }
    public required IReadOnlyList<StandardRef> Standards { get; init; }
    public required IReadOnlyList<YamlScalar> Prerequisites { get; init; }
    public required IReadOnlyList<Fact> Facts { get; init; }
    public required Review? Review { get; init; }
    public required string? SourceHash { get; init; }
    public required Place HashAt { get; init; }
    public required IReadOnlyList<Line> Body { get; init; }

    /// <summary>Reads a lesson; a translation may leave out what it does not change.</summary>
    public static LessonFile? Read(SourceFile file, bool isTranslation, Library library, Report report)
    {
        if (FrontMatter(file, report) is not var (head, body)) return null;
        var node = YamlReader.Read(head, report);
        if (node is not YamlMap map)
        {
            if (node is not null || head.IsBlank) report.Error(file.At(1), "front-matter-missing", "The front matter holds no keys.", "Write “id: …”, “title: …” and the other keys between the two lines of “---”.");
            return null;
        }
        var fields = new YamlFields(map, report, "id", "title", "course", "module", "version", "minutes", "bloom", "objectives", "standards", "prerequisites",
            "glossary", "facts", "reviewed_by", "reviewed_on", "status", "source_hash");
        var id = fields.RequiredText("id", "Write the lesson's id; it stays the same when the folder is renamed.");
        if (id.Length > 0 && !Names.IsValid(id)) report.Error(fields.Where("id"), "name-invalid", $"“{id}” is not an id.", Names.Rule);
        if (!isTranslation && !fields.Has("minutes")) fields.Missing("minutes", "Write how long the lesson takes, such as “minutes: 30”.");
        if (!isTranslation && !fields.Has("bloom")) fields.Missing("bloom", $"Write one of {string.Join(", ", s_blooms)}.");
        if (!isTranslation && fields.Has("source_hash")) report.Error(fields.Where("source_hash"), "key-unknown", "“source_hash” belongs to a translation.", "Remove it.");
        CheckGlossary(fields, library.Glossary, report);
        return new LessonFile
        {
            Source = file, At = map.At, Id = id, IdAt = fields.Where("id"), Title = fields.RequiredText("title", "Write the lesson's title.").Trim(),
            Minutes = fields.Number("minutes", 1, 600) ?? 0, Bloom = fields.OneOf("bloom", s_blooms) ?? "", Objectives = ReadObjectives(fields, report),
            Standards = [.. fields.Texts("standards").Select(s => library.Standards.Parse(s.Value!, s.At, report)).OfType<StandardRef>()],
            Prerequisites = [.. fields.Texts("prerequisites")], Facts = [.. fields.Maps("facts").Select(m => ReadFact(m, report))], Review = ReadReview(fields, report),
            SourceHash = fields.Text("source_hash"), HashAt = fields.Where("source_hash"), Body = body,
        };
    }

    private static (Fragment Head, List<Line> Body)? FrontMatter(SourceFile file, Report report)
    {
        var lines = file.Lines;
        var end = lines[0].Text.TrimEnd() == "---" ? Enumerable.Range(1, lines.Count - 1).FirstOrDefault(i => lines[i].Text.TrimEnd() == "---") : 0;
        if (end > 0) return (new Fragment(file.Name, [.. lines.Skip(1).Take(end - 1)]), [.. lines.Skip(end + 1)]);
        report.Error(file.At(1), "front-matter-missing", "The file does not begin with front matter between two lines of “---”.", "Put “---” on the first line, then the keys, then “---” again.");
        return null;
    }

    private static List<ObjectiveLine> ReadObjectives(YamlFields lesson, Report report)
    {
        var objectives = new List<ObjectiveLine>();
        foreach (var map in lesson.Maps("objectives"))
        {
            var fields = new YamlFields(map, report, "id", "text");
            var id = fields.RequiredText("id", "Give the objective an id, such as c2-l1-o1.");
            if (id.Length > 0 && !Names.IsValid(id)) report.Error(fields.Where("id"), "name-invalid", $"“{id}” is not an id.", Names.Rule);
            objectives.Add(new ObjectiveLine(id, fields.RequiredText("text", "Say what a learner can do afterwards."), fields.Where("id")));
        }
        if (!lesson.Has("objectives")) lesson.Missing("objectives", "List at least one: “- { id: …, text: … }”.");
        return objectives;
    }

    private static Fact ReadFact(YamlMap map, Report report)
    {
        var fields = new YamlFields(map, report, "claim", "value", "unit", "source", "verified");
        if (!fields.Has("verified")) fields.Missing("verified", "Write “verified: false” until an expert has checked it.");
        return new Fact(fields.RequiredText("claim", "Say what is claimed."), fields.Text("value"), fields.Text("unit"), fields.RequiredText("source", "Say where the claim comes from."), fields.Flag("verified"));
    }

    private static Review? ReadReview(YamlFields fields, Report report)
    {
        var (by, on) = (fields.Text("reviewed_by"), fields.Text("reviewed_on"));
        DateOnly? date = DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        if (on is not null && date is null) report.Error(fields.Where("reviewed_on"), "date-invalid", $"“{on}” is not a date.", "Write year, month and day, such as 2026-03-31.");
        if (fields.OneOf("status", "draft", "reviewed") != "reviewed") return null;
        if (by is not null && date is not null) return new Review(by, date.Value);
        if (on is null || by is null) report.Error(fields.Where("status"), "review-incomplete", "The lesson is called reviewed, but not by whom and when.", "Fill in reviewed_by and reviewed_on, or write “status: draft”.");
        return null;
    }

    private static void CheckGlossary(YamlFields fields, Glossary glossary, Report report)
    {
        foreach (var term in fields.Texts("glossary").Where(t => !glossary.Ids.Contains(t.Value!)))
            report.Error(term.At, "glossary-unknown", $"“{term.Value}” is not in the glossary.", Nearest.Suggest(term.Value!, glossary.Ids));
    }
}
