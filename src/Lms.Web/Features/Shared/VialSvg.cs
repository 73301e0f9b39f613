using System.Globalization;

namespace Lms.Web.Features.Shared;

/// <summary>
/// The vial: a course that fills as it is learnt. Its colours are the sheet's in a page, and the attributes here where there is none,
/// as on a certificate.
/// </summary>
public static class VialSvg
{
    private const string Glass = "M11 9v3.5c0 2-6.5 2.5-6.5 7.5v23a5.5 5.5 0 0 0 5.5 5.5h12a5.5 5.5 0 0 0 5.5-5.5v-23c0-5-6.5-5.5-6.5-7.5V9";
    private const string FullFill = "M6 43V20.5c0-2.9 4.5-3.9 6-5.5h8c1.5 1.6 6 2.6 6 5.5V43a4 4 0 0 1-4 4H10a4 4 0 0 1-4-4Z";
    private const double Floor = 43, Shoulder = 20.5;

    /// <summary>A whole <c>svg</c> element.</summary>
    /// <param name="percent">0 to 100; what lies outside is cut off.</param>
    /// <param name="width">Width in pixels; the height follows as 52 to 32.</param>
    /// <param name="label">What a screen reader says; null for "43 % complete", empty for a decoration.</param>
    public static string Draw(int percent, int width = 44, string? label = null)
    {
        percent = Math.Clamp(percent, 0, 100);
        label ??= SharedText.Of("{0} % complete", percent);
        var speech = label.Length == 0 ? "aria-hidden=\"true\"" : $"role=\"img\" aria-label=\"{Markup.Encode(label)}\"";
        var shine = width >= 40 ? "<path class=\"shine\" fill=\"none\" d=\"M9.5 24v13\"/>" : "";
        return $"<svg class=\"vial{(percent == 100 ? " full" : "")}\" width=\"{width}\" height=\"{width * 52 / 32}\" viewBox=\"0 0 32 52\" {speech}>" +
               Shapes(percent) + shine + "</svg>";
    }

    /// <summary>The shapes alone, in a space of 32 by 52, to be set into another drawing.</summary>
    public static string Shapes(int percent) =>
        Fill(percent) +
        $"<path class=\"glass\" fill=\"none\" stroke=\"#0b5563\" stroke-width=\"2\" d=\"{Glass}\"/>" +
        "<rect class=\"cap\" fill=\"#bd7204\" x=\"8.5\" y=\"2\" width=\"15\" height=\"6.5\" rx=\"1.8\"/>";

    private static string Fill(int percent)
    {
        if (percent <= 0) return "";
        var level = (Floor - (Floor - Shoulder) * percent / 100).ToString("0.#", CultureInfo.InvariantCulture);
        var path = percent >= 100 ? FullFill : $"M6 {level}H26V43a4 4 0 0 1-4 4H10a4 4 0 0 1-4-4Z";
        return $"<path class=\"fill\" fill=\"#0b5563\" d=\"{path}\"/>";
    }
}
