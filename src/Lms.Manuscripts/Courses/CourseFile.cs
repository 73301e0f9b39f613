using System.Globalization;
using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Yaml;

namespace Lms.Manuscripts.Courses;

/// <summary>What <c>course.yaml</c> says, with the places that later checks speak of.</summary>
internal sealed record CourseFile
{
    public required Place At { get; init; }
    public required string Id { get; init; }
    public required Place IdAt { get; init; }
    public required CourseNumber Version { get; init; }
    public required string Language { get; init; }
    public required LanguageMap Title { get; init; }
    public required LanguageMap Summary { get; init; }
    public required LanguageMap Audience { get; init; }
    public required IReadOnlyList<(LanguageMap Title, IReadOnlyList<YamlScalar> Lessons)> Modules { get; init; }
    public required Assessment? Assessment { get; init; }
    public required IReadOnlyList<YamlEntry> Blueprint { get; init; }
    public required CertificatePolicy? Certificate { get; init; }

    public static CourseFile? Read(ContentFolder content, string path, Report report)
    {
        var errors = report.Errors;
        if (YamlFile.Map(content, path, report) is not { } map)
        {
            if (report.Errors == errors) report.Error(new Place(content.Name(path), 1, 1), "key-missing", "The file is empty.", "Write the course's id, version, language, title and modules.");
            return null;
        }
        var fields = new YamlFields(map, report, "id", "version", "language", "title", "summary", "audience", "modules", "assessment", "certificate");
        var id = fields.RequiredText("id", "Write the course's id; it becomes its address.");
        if (id.Length > 0 && !Names.IsValid(id)) report.Error(fields.Where("id"), "name-invalid", $"“{id}” is not an id.", Names.Rule);
        var language = fields.RequiredText("language", "Write the tag of the language in which the lessons are written first, such as en.");
        if (language.Length > 0 && !LanguageTag.IsValid(language)) report.Error(fields.Where("language"), "language-tag", $"“{language}” is not a language tag.", "Write a tag such as en, fr or pt-BR.");
        var known = LanguageTag.IsValid(language) ? language : null;
        var assessment = fields.Map("assessment");
        return new CourseFile
        {
            At = map.At, Id = id, IdAt = fields.Where("id"), Version = Number(fields, report), Language = known ?? "en",
            Title = fields.Languages("title", known), Summary = fields.Languages("summary", known), Audience = fields.Languages("audience", null),
            Modules = ReadModules(fields, known, report),
            Assessment = assessment is null ? null : ReadAssessment(assessment, known, report),
            Blueprint = assessment?["blueprint"] is YamlMap blueprint ? blueprint.Entries : [],
            Certificate = fields.Map("certificate") is { } certificate ? ReadCertificate(certificate, report) : null,
        };
    }

    private static CourseNumber Number(YamlFields fields, Report report)
    {
        var text = fields.RequiredText("version", "Write “version: 1.0”.");
        var parts = text.Split('.');
        if (parts.Length == 2 && Whole(parts[0]) is { } major && Whole(parts[1]) is { } minor) return new CourseNumber(major, minor);
        if (text.Length > 0) report.Error(fields.Where("version"), "version-invalid", $"“{text}” is not a version.", "Write major.minor, such as 1.0.");
        return default;
    }

    private static int? Whole(string text) => text.Length <= 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    private static List<(LanguageMap, IReadOnlyList<YamlScalar>)> ReadModules(YamlFields course, string? language, Report report)
    {
        var modules = new List<(LanguageMap, IReadOnlyList<YamlScalar>)>();
        foreach (var map in course.Maps("modules"))
        {
            var fields = new YamlFields(map, report, "title", "lessons");
            var lessons = fields.Texts("lessons").ToList();
            if (lessons.Count == 0) fields.Missing("lessons", "List the folders of the module's lessons, such as “lessons: [01-why, 02-how]”.");
            modules.Add((fields.Languages("title", language), lessons));
        }
        if (modules.Count == 0) course.Missing("modules", "List at least one module with its title and lessons.");
        return modules;
    }

    private static Assessment ReadAssessment(YamlMap map, string? language, Report report)
    {
        var fields = new YamlFields(map, report, "title", "pass", "attempts", "minutes", "wait_hours", "blueprint");
        if (!fields.Has("pass")) fields.Missing("pass", "Write the pass mark in percent, such as “pass: 80”.");
        var blueprint = fields.Map("blueprint");
        if (blueprint is null && !fields.Has("blueprint") || blueprint is { Entries.Count: 0 }) fields.Missing("blueprint", "Say how many questions are drawn for each objective, such as “c2-l1-o1: 2”.");
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        if (blueprint is not null)
        {
            var drawn = new YamlFields(blueprint, report, [.. blueprint.Entries.Select(e => e.Key)]);
            foreach (var entry in blueprint.Entries)
                if (drawn.Has(entry.Key)) counts[entry.Key] = drawn.Number(entry.Key, 1, 100) ?? 1;
                else drawn.Missing(entry.Key, "Write how many questions are drawn for this objective.");
        }
        return new Assessment
        {
            Title = fields.Languages("title", language), Pass = fields.Number("pass", 1, 100) ?? 100, Attempts = fields.Number("attempts", 1, 100),
            Minutes = fields.Number("minutes", 1, 600), WaitHours = fields.Number("wait_hours", 0, 8760) ?? 0, Blueprint = counts,
        };
    }

    private static CertificatePolicy ReadCertificate(YamlMap map, Report report)
    {
        var fields = new YamlFields(map, report, "type", "valid_months");
        if (!fields.Has("type")) fields.Missing("type", "Write “type: completion” or “type: competency”.");
        return new CertificatePolicy(fields.OneOf("type", "completion", "competency") ?? "completion", fields.Number("valid_months", 1, 600));
    }
}
