using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Markdown;
using Lms.Manuscripts.Markdown.Links;
using Lms.Manuscripts.Markdown.References;
using Lms.Manuscripts.Yaml;

namespace Lms.Manuscripts.Courses;

/// <summary>What all courses share: the documents they may cite and the terms they may explain.</summary>
internal sealed record Library(Standards Standards, Glossary Glossary)
{
    public static Library Read(ContentFolder content, IReadOnlyList<string> folders, Report report)
    {
        var standards = folders.Select(f => Path.Combine(f, "standards.yaml")).FirstOrDefault(File.Exists);
        var glossary = folders.Select(f => Path.Combine(f, "glossary")).FirstOrDefault(Directory.Exists);
        return new Library(new Standards(standards is null ? [] : ReadStandards(content, standards, report)), ReadGlossary(content, glossary, report));
    }

    private static List<StandardDocument> ReadStandards(ContentFolder content, string path, Report report)
    {
        var documents = new List<StandardDocument>();
        foreach (var map in YamlFile.List(content, path, report))
        {
            var fields = new YamlFields(map, report, "id", "title", "year", "url");
            var id = fields.RequiredText("id", "Give the document a short id, such as pics-part1.");
            if (id.Length > 0 && !Names.IsValid(id)) report.Error(fields.Where("id"), "name-invalid", $"“{id}” is not an id.", Names.Rule);
            if (documents.Any(d => d.Id == id)) report.Error(fields.Where("id"), "id-twice", $"The document “{id}” is listed twice.", "Keep one, or give another edition an id of its own.");
            var title = fields.RequiredText("title", "Write the document's own title.");
            if (!fields.Has("year")) fields.Missing("year", "Write the year of the edition that the lessons cite.");
            var url = fields.Text("url");
            if (url is not null && !(LinkWriter.IsAllowed(url) && url.StartsWith("http", StringComparison.OrdinalIgnoreCase)))
                report.Error(fields.Where("url"), "link-refused", $"“{url}” is not a web address.", "Write one that begins with https://.");
            documents.Add(new StandardDocument(id, title, fields.Number("year", 1900, 2100) ?? 0, url));
        }
        return documents;
    }

    private static Glossary ReadGlossary(ContentFolder content, string? folder, Report report)
    {
        var glossary = new Glossary();
        if (folder is null) return glossary;
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            var language = Path.GetFileNameWithoutExtension(path);
            if (!LanguageTag.IsValid(language)) report.Error(new Place(content.Name(path), 1, 1), "language-tag", $"“{language}” is not a language tag.", "Name the file after its language, such as fr.yaml.");
            else glossary.Add(language, ReadTerms(content, path, report));
        }
        return glossary;
    }

    private static Dictionary<string, GlossaryTerm> ReadTerms(ContentFolder content, string path, Report report)
    {
        var terms = new Dictionary<string, GlossaryTerm>(StringComparer.Ordinal);
        if (YamlFile.Map(content, path, report) is not { } map) return terms;
        foreach (var entry in map.Entries)
        {
            if (!Names.IsValid(entry.Key)) report.Error(entry.At, "name-invalid", $"“{entry.Key}” is not an id.", Names.Rule);
            if (entry.Value is not YamlMap value)
            {
                report.Error(entry.At, "value-kind", $"“{entry.Key}” has no term and text.", "Write “{ term: …, text: \"…\" }” behind it.");
                continue;
            }
            var fields = new YamlFields(value, report, "term", "text");
            terms[entry.Key] = new GlossaryTerm(fields.RequiredText("term", "Write the term as it is spelt in a sentence."), fields.RequiredText("text", "Write the definition, in quotes."));
        }
        return terms;
    }
}
