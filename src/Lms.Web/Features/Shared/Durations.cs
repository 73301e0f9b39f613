using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Lms.Web.Features.Shared;

/// <summary>Minutes of study: "35 min", "3 h 35", "7 h".</summary>
public static class Durations
{
    public static string Text(int minutes)
    {
        var (hours, rest) = Math.DivRem(Math.Max(0, minutes), 60);
        if (hours == 0) return SharedText.Of("{0} min", rest);
        return rest == 0 ? SharedText.Of("{0} h", hours) : SharedText.Of("{0} h {1}", hours, rest.ToString("00", CultureInfo.InvariantCulture));
    }

    public static IHtmlContent Html(int minutes) => Numbers.Isolate(Text(minutes));
}
