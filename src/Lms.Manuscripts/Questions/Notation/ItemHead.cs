using Lms.Manuscripts.Courses;
using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Markdown.References;
using Lms.Manuscripts.Yaml;

namespace Lms.Manuscripts.Questions.Notation;

/// <summary>What the item comment says.</summary>
internal sealed record ItemHead(Place At, string? Id, string? Objective, int? Difficulty, StandardRef? Clause, bool Critical)
{
    public static ItemHead Read(RawItem raw, Standards standards, Report report)
    {
        var empty = new ItemHead(raw.At, null, null, null, null, false);
        if (raw.Head is null || raw.Head.IsBlank) return empty;
        var node = YamlReader.Read(raw.Head, report);
        if (node is not YamlMap map)
        {
            if (node is not null) report.Error(node.At, "value-kind", "The item comment is a group of keys.", "Write “id: …” and “objective: …”, each on its line.");
            return empty;
        }
        var fields = new YamlFields(map, report, "id", "objective", "difficulty", "clause", "critical");
        var id = fields.Text("id");
        if (id is not null && !Names.IsValid(id)) report.Error(fields.Where("id"), "name-invalid", $"“{id}” is not an id.", Names.Rule);
        var clause = fields.Text("clause") is { } text ? standards.Parse(text, fields.Where("clause"), report) : null;
        return new ItemHead(fields.At, id, fields.Text("objective"), fields.Number("difficulty", 1, 3), clause, fields.Flag("critical"));
    }
}
