using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Lms.Standards.Xapi;

/// <summary>Checks of single values, lists and maps.</summary>
internal static class Values
{
    public static void Text(Walk walk, JsonElement value, string? requirement) => walk.Is(JsonValueKind.String, value, requirement);

    public static void Iri(Walk walk, JsonElement value, string? requirement) =>
        Format(walk, value, requirement, XapiFormats.IsIri, "iri",
            "no IRI with a scheme", "Write an absolute IRI, for example “https://example.org/activity/1”.");

    public static void Uuid(Walk walk, JsonElement value, string? requirement)
    {
        if (!walk.Is(JsonValueKind.String, value, requirement) || value.TryGetGuid(out _)) return;
        walk.Report("uuid", requirement, $"“{Walk.Cut(value.GetString()!)}” is no UUID.", "Write 32 hex digits in groups of 8-4-4-4-12.");
    }

    public static void Timestamp(Walk walk, JsonElement value, string? requirement) =>
        Format(walk, value, requirement, walk.Version == XapiVersion.V1 ? IsIso : IsRfc, "timestamp",
            "no timestamp", "Write RFC 3339, for example “2025-01-31T13:45:00.000Z”.");

    public static void Duration(Walk walk, JsonElement value, string? requirement) =>
        Format(walk, value, requirement, Iso8601Duration.IsValid, "duration", "no duration", "Write ISO 8601 with designators, for example “PT1H30M”.");

    public static void Language(Walk walk, JsonElement value, string? requirement) =>
        Format(walk, value, requirement, LanguageTag.IsValid, "language", "no language tag", "Write an RFC 5646 tag, for example “fr” or “en-GB”.");

    public static void Boolean(Walk walk, JsonElement value, string? requirement)
    {
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) walk.Is(JsonValueKind.True, value, requirement);
    }

    public static void Number(Walk walk, JsonElement value, string? requirement)
    {
        if (walk.Is(JsonValueKind.Number, value, requirement)) Exponent(walk, value);
    }

    // JSON sets no bound, but what no machine can hold can't be compared with anything either.
    private static void Exponent(Walk walk, JsonElement number)
    {
        var digits = JsonMarshal.GetRawUtf8Value(number);
        if (digits.Length <= LongestExponent) return;
        var at = digits.IndexOfAny((byte)'e', (byte)'E');
        if (at >= 0 && digits.Length - at - 1 > LongestExponent)
            walk.Report("number", "XAPI-00002", "The number's exponent is out of all bounds.", "Send a number that IEEE 754 can hold.");
    }

    // A sign and six digits.
    private const int LongestExponent = 7;

    public static void Format(
        Walk walk, JsonElement value, string? requirement, Func<ReadOnlySpan<char>, bool> valid, string rule, string fault, string cure)
    {
        if (!walk.Is(JsonValueKind.String, value, requirement)) return;
        if (!Passes(value, valid))
            walk.Report(rule, requirement, $"“{Walk.Cut(value.GetString()!)}” is {fault}.", cure);
    }

    // Nearly every text is short and has no escape: it is read without allocating.
    private static bool Passes(JsonElement value, Func<ReadOnlySpan<char>, bool> valid)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        if (raw.Length > 256 || raw.Contains((byte)'\\')) return valid(value.GetString());
        Span<char> buffer = stackalloc char[256];
        return valid(buffer[..Encoding.UTF8.GetChars(raw, buffer)]);
    }

    /// <summary>One of the words, exactly.</summary>
    public static Check OneOf(params string[] words) => (walk, value, requirement) =>
    {
        if (!walk.Is(JsonValueKind.String, value, requirement)) return;
        foreach (var word in words)
        {
            if (value.ValueEquals(word)) return;
        }
        var text = value.GetString()!;
        var otherCase = words.Contains(text, StringComparer.OrdinalIgnoreCase);
        walk.Report("value", otherCase ? "XAPI-00009" : requirement, $"“{Walk.Cut(text)}” is none of the values allowed here.",
            $"Write {string.Join(", ", words)}.");
    };

    /// <summary>An array whose items all pass.</summary>
    public static Check List(Check item) => (walk, value, requirement) =>
    {
        if (!walk.Is(JsonValueKind.Array, value, requirement)) return;
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (walk.Full) return;
            walk.Visit(index++, element, item, requirement);
        }
    };

    /// <summary>Texts by RFC 5646 tag, at least one. (Data 4.2)</summary>
    public static void LanguageMap(Walk walk, JsonElement value, string? requirement)
    {
        if (!walk.Is(JsonValueKind.Object, value, requirement)) return;
        var any = false;
        foreach (var member in value.EnumerateObject())
        {
            if (walk.Full) return;
            any = true;
            if (!LanguageTag.IsValid(member.Name))
                walk.Report("language", "XAPI-00121",
                    $"“{Walk.Cut(member.Name)}” is no language tag.", "Write an RFC 5646 tag, for example “fr” or “en-GB”.", member.Name);
            walk.Visit(member.Name, member.Value, Text, requirement);
        }
        if (!any) walk.Report("empty", requirement, "This is a language map with nothing in it.", "Give the text in one language, or leave the property out.");
        Duplicates(walk, value);
    }

    /// <summary>Any values under IRIs; within them only duplicate keys, depth and the bounds of numbers are looked at. (Data 4.1)</summary>
    public static void Extensions(Walk walk, JsonElement value, string? requirement)
    {
        if (!walk.Is(JsonValueKind.Object, value, requirement)) return;
        foreach (var member in value.EnumerateObject())
        {
            if (walk.Full) return;
            if (!XapiFormats.IsIri(member.Name))
                walk.Report("iri", "XAPI-00118",
                    $"The extension key “{Walk.Cut(member.Name)}” is no IRI with a scheme.", "Name the extension by an absolute IRI.", member.Name);
            if (IsLookedAt(member.Value)) walk.Visit(member.Name, member.Value, Nested, null);
        }
        Duplicates(walk, value);
    }

    private static bool IsLookedAt(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Number;

    private static void Nested(Walk walk, JsonElement value, string? requirement)
    {
        if (walk.Full) return;
        if (walk.Depth >= StatementValidator.MaxDepth)
        {
            walk.Report("depth", null, $"The statement is nested deeper than {StatementValidator.MaxDepth}.", "Nest less.");
            return;
        }
        if (value.ValueKind == JsonValueKind.Object)
        {
            Duplicates(walk, value);
            foreach (var member in value.EnumerateObject())
                if (IsLookedAt(member.Value)) walk.Visit(member.Name, member.Value, Nested, null);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var element in value.EnumerateArray()) walk.Visit(index++, element, Nested, null);
        }
        else if (value.ValueKind == JsonValueKind.Number) Exponent(walk, value);
    }

    private static void Duplicates(Walk walk, JsonElement map)
    {
        if (map.GetPropertyCount() < 2) return;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in map.EnumerateObject())
            if (!names.Add(member.Name)) walk.ReportDuplicate(member.Name);
    }

    private static bool IsIso(ReadOnlySpan<char> text) => XapiTimestamp.TryParseIso8601(text, out _);

    private static bool IsRfc(ReadOnlySpan<char> text) => XapiTimestamp.TryParse(text, out _);
}
