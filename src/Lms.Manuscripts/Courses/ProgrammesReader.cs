using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Yaml;

namespace Lms.Manuscripts.Courses;

/// <summary>Reads <c>programmes.yaml</c>.</summary>
internal static class ProgrammesReader
{
    public static List<Programme> Read(ContentFolder content, string path, IReadOnlyCollection<string> courses, Report report)
    {
        var programmes = new List<Programme>();
        foreach (var map in YamlFile.List(content, path, report))
        {
            var fields = new YamlFields(map, report, "id", "title", "summary", "courses");
            var id = fields.RequiredText("id", "Give the programme a short id, such as foundation.");
            if (id.Length > 0 && !Names.IsValid(id)) report.Error(fields.Where("id"), "name-invalid", $"“{id}” is not an id.", Names.Rule);
            if (programmes.Any(p => p.Id == id)) report.Error(fields.Where("id"), "id-twice", $"The programme “{id}” is listed twice.", "Change or remove one.");
            if (!fields.Has("title")) fields.Missing("title", "Write “title: { en: … }”.");
            var ids = fields.Texts("courses").ToList();
            foreach (var course in ids.Where(c => !courses.Contains(c.Value!)))
                report.Error(course.At, "course-unknown", $"There is no course “{course.Value}”.", Nearest.Suggest(course.Value!, courses));
            programmes.Add(new Programme(id, fields.Languages("title", null), fields.Languages("summary", null), [.. ids.Select(c => c.Value!)]));
        }
        return programmes;
    }
}
