namespace Lms.Manuscripts.Markdown;

/// <summary>A term and its definition, plain text.</summary>
internal sealed record GlossaryTerm(string Term, string Text);

/// <summary>Terms by language and id.</summary>
internal sealed class Glossary
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, GlossaryTerm>> _languages = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> Ids => _languages.Values.SelectMany(l => l.Keys).Distinct(StringComparer.Ordinal);

    public void Add(string language, IReadOnlyDictionary<string, GlossaryTerm> terms) => _languages[language] = terms;

    public GlossaryTerm? Find(string language, string id) => _languages.GetValueOrDefault(language)?.GetValueOrDefault(id);

    /// <summary>The term in any language, for a text in a language that lacks it.</summary>
    public (string Language, GlossaryTerm Term)? FindElsewhere(string id) => _languages
        .OrderByDescending(l => l.Key == "en").ThenBy(l => l.Key, StringComparer.Ordinal).Where(l => l.Value.ContainsKey(id))
        .Select(l => ((string, GlossaryTerm)?)(l.Key, l.Value[id])).FirstOrDefault();
}
