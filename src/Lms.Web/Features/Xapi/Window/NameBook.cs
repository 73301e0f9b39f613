using System.Globalization;
using System.Text.Json;
using Lms.Standards.Xapi;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Xapi.Window;

/// <summary>A name as a reader reads it.</summary>
/// <param name="Text">The name itself.</param>
/// <param name="Id">Its number in the store; null for what can't be looked at, such as an anonymous group.</param>
/// <param name="Identifier">What identifies it.</param>
public sealed record ShownName(string Text, long? Id, string Identifier);

/// <summary>What is known of the names of a page.</summary>
public sealed class NameBook(
    IReadOnlyDictionary<string, (long Id, byte[]? Json)> verbs, IReadOnlyDictionary<string, (long Id, byte[]? Json)> activities,
    IReadOnlyDictionary<string, (long Id, string? Name)> agents, IReadOnlyDictionary<string, string> people, string site, IStringLocalizer<XapiText> text)
{
    private const int LongestVerb = 30;
    private const int LongestName = 80;
    private readonly string _language = CultureInfo.CurrentUICulture.Name;
    private readonly LanguagePreference _prefer = ReadersLanguages;

    /// <summary>The languages of whoever reads the page.</summary>
    public static LanguagePreference ReadersLanguages => LanguagePreference.Parse($"{CultureInfo.CurrentUICulture.Name}, {CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}, en;q=0.5");

    /// <summary>Somebody of this site by their name there, anybody else as the statement calls them, or as they were last called.</summary>
    public ShownName Actor(JsonElement actor)
    {
        if (AgentKey.Of(actor) is not { } key) return new(Anonymous(actor), null, "");
        var (id, known) = agents.TryGetValue(key, out var row) ? ((long?)row.Id, row.Name) : ((long?)null, default(string));
        return new(Agent(key, StringOf(actor, "name") ?? known), id, Identifier(key));
    }

    /// <summary>How an agent is shown of whom only the key is known.</summary>
    public string Agent(string key, string? called)
    {
        var own = $"account|{site}|";
        if (key.StartsWith(own + "erased:", StringComparison.Ordinal)) return text["Erased person"];
        if (people.TryGetValue(key, out var person)) return ShownText.Of(person, LongestName);
        if (ShownText.Of(called, LongestName) is { Length: > 0 } name) return name;
        return key == own + "seedlot" ? "Seedlot" : ShownText.Of(Identifier(key), LongestName);
    }

    public ShownName Verb(string iri, JsonElement? verb)
    {
        var (id, json) = verbs.TryGetValue(iri, out var row) ? ((long?)row.Id, row.Json) : ((long?)null, default(byte[]));
        var (tag, shown) = Choose(json is null ? verb is { } said && said.TryGetProperty("display"u8, out var own) ? own : null : Parse(json));
        // The verbs of the standard vocabularies have names here in every language of the site.
        shown ??= LastPart(iri);
        var isForeign = tag?.StartsWith(_language[..2], StringComparison.OrdinalIgnoreCase) != true;
        if (isForeign && text[shown] is { ResourceNotFound: false } translated) shown = translated.Value;
        return new(ShownText.Of(shown, LongestVerb) is { Length: > 0 } name ? name : ShownText.Of(LastPart(iri), LongestVerb), id, iri);
    }

    public ShownName Activity(string iri, JsonElement? activity)
    {
        var (id, json) = activities.TryGetValue(iri, out var row) ? ((long?)row.Id, row.Json) : ((long?)null, default(byte[]));
        var definition = json is not null ? Parse(json) : activity is { } said && said.TryGetProperty("definition"u8, out var own) ? own : (JsonElement?)null;
        var name = TextIn(definition, "name");
        if (ShownText.Of(name).Length == 0) name = TextIn(definition, "description");
        return new(ShownText.Of(name) is { Length: > 0 } shown ? shown : ShownText.Of(LastPart(iri)), id, iri);
    }

    /// <summary>A language map of a definition in the reader's language.</summary>
    public string? TextIn(JsonElement? definition, string property) =>
        definition is { ValueKind: JsonValueKind.Object } whole && whole.TryGetProperty(property, out var map) ? Choose(map).Text : null;

    public static JsonElement Parse(byte[] json) => JsonSerializer.Deserialize<JsonElement>(json);

    private (string? Tag, string? Text) Choose(JsonElement? map)
    {
        if (map is not { ValueKind: JsonValueKind.Object } texts) return (null, null);
        var tags = texts.EnumerateObject().Select(p => p.Name).ToList();
        if (tags.Count == 0) return (null, null);
        var tag = _prefer.Choose(tags);
        return (tag, texts.GetProperty(tag).GetString());
    }

    private string Anonymous(JsonElement actor)
    {
        if (ShownText.Of(StringOf(actor, "name")) is { Length: > 0 } name) return name;
        return actor.TryGetProperty("member"u8, out var members) ? text["Group of {0}", members.GetArrayLength()] : text["Anonymous group"];
    }

    private static string Identifier(string key)
    {
        var parts = key.Split('|', 3);
        return parts[0] == "account" ? parts[2] : key[(parts[0].Length + 1)..].Replace("mailto:", "", StringComparison.Ordinal);
    }

    private static string LastPart(string iri) => iri.TrimEnd('/')[(iri.TrimEnd('/').LastIndexOfAny(['/', '#', ':']) + 1)..] is { Length: > 0 } part ? part : iri;

    private static string? StringOf(JsonElement holder, string property) =>
        holder.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
