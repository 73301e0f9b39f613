using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Lms.Standards.Xapi;

/// <summary>Says where a statement breaks the standard: Data 2.2 to 2.6 and 4, and the differences of 2.0.</summary>
/// <remarks>No input makes it throw. It reports every violation, up to <see cref="MaxViolations"/>.</remarks>
public static class StatementValidator
{
    /// <summary>A statement so broken that more would help nobody.</summary>
    public const int MaxViolations = 20;

    /// <summary>How deeply arrays and objects may be nested.</summary>
    public const int MaxDepth = 64;

    /// <summary>Validates one statement as received.</summary>
    /// <returns>Empty when the statement is valid.</returns>
    public static IReadOnlyList<Violation> Validate(ReadOnlyMemory<byte> utf8Json, XapiVersion version)
    {
        var walk = new Walk(version, "$");
        if (!IsUnicode(walk, utf8Json.Span)) return walk.Violations;
        try
        {
            using var document = JsonDocument.Parse(utf8Json, new() { MaxDepth = MaxDepth });
            StatementShapes.Statement.Check(walk, document.RootElement, "XAPI-00014");
        }
        catch (JsonException e)
        {
            walk.Report("json", "XAPI-00014",
                $"The text is no JSON, or is nested deeper than {MaxDepth} (line {e.LineNumber + 1}, byte {e.BytePositionInLine}).",
                "Send well-formed JSON.");
        }
        return walk.Violations;
    }

    /// <summary>Validates one statement of a parsed document.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="version">The version of the request.</param>
    /// <param name="path">Where the statement is in its document, for example <c>$[3]</c>.</param>
    /// <returns>Empty when the statement is valid.</returns>
    public static IReadOnlyList<Violation> Validate(JsonElement statement, XapiVersion version, string path = "$") =>
        Check(statement, version, path, StatementShapes.Statement.Check);

    /// <summary>Validates an agent or group that stands alone, as in a request parameter. (XAPI-00012)</summary>
    public static IReadOnlyList<Violation> ValidateActor(JsonElement actor, XapiVersion version) =>
        Check(actor, version, "$", ActorShapes.Actor);

    private static IReadOnlyList<Violation> Check(JsonElement value, XapiVersion version, string path, Check check)
    {
        var walk = new Walk(version, path);
        if (value.ValueKind != JsonValueKind.Undefined && !IsUnicode(walk, JsonMarshal.GetRawUtf8Value(value))) return walk.Violations;
        check(walk, value, "XAPI-00014");
        return walk.Violations;
    }

    // Once this holds, no string of the document can fail to be read.
    private static bool IsUnicode(Walk walk, ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8) && !HasLoneSurrogate(utf8)) return true;
        walk.Report("utf-8", "XAPI-00015", "A string is not valid Unicode.", "Encode the statement as UTF-8 and escape surrogates in pairs.");
        return false;
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<byte> utf8)
    {
        for (var at = utf8.IndexOf((byte)'\\'); at >= 0 && at + 1 < utf8.Length;)
        {
            var length = 2;
            switch (SurrogateAt(utf8[at..]))
            {
                case 'H' when SurrogateAt(utf8[Math.Min(at + 6, utf8.Length)..]) == 'L': length = 12; break;
                case not '\0': return true;
            }
            var next = utf8[(at + length)..].IndexOf((byte)'\\');
            if (next < 0) return false;
            at += length + next;
        }
        return false;
    }

    // 'H' for an escaped high surrogate, 'L' for a low one, 0 for anything else.
    private static char SurrogateAt(ReadOnlySpan<byte> text)
    {
        if (text.Length < 6 || text[0] != '\\' || text[1] != 'u' || (text[2] | 0x20) != 'd') return '\0';
        return (text[3] | 0x20) switch
        {
            '8' or '9' or 'a' or 'b' => 'H',
            >= 'c' and <= 'f' => 'L',
            _ => '\0',
        };
    }
}
