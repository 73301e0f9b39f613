using Lms.Manuscripts.Courses;
using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Markdown.Figures;
using Lms.Manuscripts.Markdown.References;

namespace Lms.Manuscripts.Markdown;

/// <summary>What a text may refer to, and what it has used so far: one for each file and language.</summary>
internal sealed class Scope
{
    public required string Language { get; init; }
    public required Report Report { get; init; }
    public required Standards Standards { get; init; }
    public required Glossary Glossary { get; init; }
    public required FigureFolder Figures { get; init; }
    public required Footnotes Footnotes { get; init; }

    /// <summary>Addresses of the course's lessons by id.</summary>
    public required IReadOnlyDictionary<string, string> Slugs { get; init; }

    /// <summary>Begins every element id, so that texts shown on one page don't clash.</summary>
    public string IdPrefix { get; set; } = "";

    /// <summary>True inside a question: sources are then cited in place, because there is no foot of the page.</summary>
    public bool InItem { get; set; }

    public Labels Labels => field ??= Labels.In(Language);

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    /// <summary>An element id that is unique in this scope.</summary>
    public string NewId(string name)
    {
        var id = IdPrefix + name;
        var count = _ids[id] = _ids.GetValueOrDefault(id) + 1;
        return count == 1 ? id : NewId($"{name}-{count}");
    }
}
