using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Lms.Web.Features.Shared;

/// <summary>
/// Numbers as people read them in every language: groups of three set apart by a narrow no-break space, Latin digits, and isolated
/// from the text around them. Without the isolation "3 520" reads "520 3" in an Arabic sentence.
/// </summary>
public static class Numbers
{
    private const string NarrowSpace = "\u202f";

    public static string Text(long value) => Text((decimal)value, 0);

    public static string Text(decimal value, int decimals)
    {
        var format = new NumberFormatInfo
        {
            NumberGroupSeparator = NarrowSpace,
            NumberDecimalSeparator = CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator == "," ? "," : ".",
            NegativeSign = "\u2212",
        };
        return value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), format);
    }

    /// <param name="share">0 to 1.</param>
    public static string PercentText(double share) => Text((long)Math.Round(share * 100, MidpointRounding.AwayFromZero)) + NarrowSpace + "%";

    public static IHtmlContent Html(long value) => Isolate(Text(value));

    public static IHtmlContent Html(decimal value, int decimals) => Isolate(Text(value, decimals));

    /// <param name="share">0 to 1.</param>
    public static IHtmlContent Percent(double share) => Isolate(PercentText(share));

    internal static IHtmlContent Isolate(string text) => new HtmlContentBuilder().AppendHtml("<bdi>").Append(text).AppendHtml("</bdi>");
}
