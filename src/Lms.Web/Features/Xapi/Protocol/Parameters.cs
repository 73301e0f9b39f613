using Lms.Standards.Xapi;

namespace Lms.Web.Features.Xapi.Protocol;

/// <summary>The query parameters of a request, each read once; what is broken is refused with its name. Names are case-sensitive.</summary>
internal sealed class Parameters(IQueryCollection query)
{
    // The collection finds names whatever their case; the standard does not. (XAPI-00009)
    private readonly Dictionary<string, string> _values = Values(query);

    public string? Text(string name) => _values.GetValueOrDefault(name);

    public string Required(string name) =>
        _values.GetValueOrDefault(name) is { Length: > 0 } value ? value : throw new XapiException(name, $"The parameter “{name}” is missing.", $"Send {name}=….");

    public string? Iri(string name) =>
        Text(name) is not { } text || XapiFormats.IsIri(text) ? Text(name)
        : throw new XapiException(name, $"“{XapiProblem.Cut(text)}” is no IRI.", "Send an absolute IRI.");

    public string RequiredIri(string name)
    {
        _ = Required(name);
        return Iri(name)!;
    }

    public Guid? Uuid(string name) =>
        Text(name) is not { } text ? null
        : XapiFormats.IsUuid(text) ? Guid.Parse(text)
        : throw new XapiException(name, $"“{XapiProblem.Cut(text)}” is no UUID.", "Send 32 hex digits in groups of 8-4-4-4-12.");

    public bool Boolean(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        var text => throw new XapiException(name, $"“{XapiProblem.Cut(text)}” is neither true nor false.", "Send true or false."),
    };

    public DateTime? Time(string name) =>
        Text(name) is not { } text ? null
        : XapiTimestamp.TryParseIso8601(text, out var time) ? time.UtcDateTime
        : throw new XapiException(name, $"“{XapiProblem.Cut(text)}” is no timestamp.", "Send RFC 3339, for example 2026-01-31T13:45:00.000Z; “+” is written %2B.");

    /// <summary>Refuses whatever the resource doesn't know. (XAPI-00010)</summary>
    public void RefuseOthers(params ReadOnlySpan<string> known)
    {
        foreach (var name in _values.Keys)
            if (!known.Contains(name))
                throw new XapiException(name, $"The parameter “{XapiProblem.Cut(name)}” does not belong here.", $"Send only {string.Join(", ", known.ToArray())}; upper and lower case count.");
    }

    private static Dictionary<string, string> Values(IQueryCollection query)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in query)
            values[name] = value.Count == 1 ? value.ToString() : throw new XapiException(name, $"The parameter “{XapiProblem.Cut(name)}” occurs {value.Count} times.", "Send it once.");
        return values;
    }
}
