using System.Text.Json;

namespace Lms.Standards.Xapi;

/// <summary>Results and scores. (Data 2.4.5)</summary>
internal static class ResultShapes
{
    private static readonly Shape Score = new("a score",
        new("scaled", Values.Number, "XAPI-00083"),
        new("raw", Values.Number, "XAPI-00082"),
        new("min", Values.Number, "XAPI-00081"),
        new("max", Values.Number, "XAPI-00080")) { Then = InRange };

    public static readonly Shape Result = new("a result",
        new("score", Score.Check, "XAPI-00079"),
        new("success", Values.Boolean, "XAPI-00074"),
        new("completion", Values.Boolean, "XAPI-00075"),
        new("response", Values.Text, "XAPI-00076"),
        new("duration", Values.Duration, "XAPI-00124"),
        new("extensions", Values.Extensions, "XAPI-00078"));

    private static void InRange(Walk walk, JsonElement score)
    {
        var (scaled, raw, min, max) = (Number(score, "scaled"u8), Number(score, "raw"u8), Number(score, "min"u8), Number(score, "max"u8));
        if (scaled is < -1 or > 1)
            walk.Report("score", "XAPI-00083", "The scaled score is not between -1 and 1.", "Divide the score by the best possible one.", "scaled");
        if (min >= max)
            walk.Report("score", "XAPI-00081", "The lowest possible score is not below the highest.", "Make “min” less than “max”.", "min");
        if (raw < min || raw > max)
            walk.Report("score", "XAPI-00082", "The raw score is not between “min” and “max”.", "Mend “raw”, or its bounds.", "raw");
    }

    private static double? Number(JsonElement score, ReadOnlySpan<byte> property) =>
        score.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;
}
