using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Lms.Web.Features.Shared;

/// <summary>Dates that nobody can mistake, in every language: 2026-11-22, and 14:02 UTC.</summary>
public static class Dates
{
    public static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <param name="at">A time in UTC, as all times are stored.</param>
    public static string Text(DateTime at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <param name="at">A time in UTC, as all times are stored.</param>
    public static string TextWithTime(DateTime at) => at.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static IHtmlContent Html(DateOnly date) => Time(Text(date), Text(date));

    public static IHtmlContent Html(DateTime at) => Time(Machine(at), Text(at));

    public static IHtmlContent Html(DateTimeOffset at) => Html(at.UtcDateTime);

    public static IHtmlContent HtmlWithTime(DateTime at) => Time(Machine(at), TextWithTime(at));

    public static IHtmlContent HtmlWithTime(DateTimeOffset at) => HtmlWithTime(at.UtcDateTime);

    internal static string Machine(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IHtmlContent Time(string machine, string text) =>
        new HtmlContentBuilder().AppendHtml($"<time datetime=\"{machine}\" class=\"ltr\">").Append(text).AppendHtml("</time>");
}
