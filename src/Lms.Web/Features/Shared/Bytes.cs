using Microsoft.AspNetCore.Html;

namespace Lms.Web.Features.Shared;

/// <summary>What a download costs, in powers of a thousand as mobile networks count: "312 kB", "1.2 MB".</summary>
public static class Bytes
{
    private static readonly string[] s_units = ["B", "kB", "MB", "GB", "TB"];

    public static string Text(long bytes)
    {
        var value = (decimal)bytes;
        var unit = 0;
        // 999.5 and above would print as 1000 of the smaller unit.
        while (value >= 999.5m && unit < s_units.Length - 1)
        {
            value /= 1000;
            unit++;
        }
        var decimals = unit >= 2 && value < 9.95m ? 1 : 0;
        return Numbers.Text(value, decimals) + "\u00a0" + s_units[unit];
    }

    public static IHtmlContent Html(long bytes) => Numbers.Isolate(Text(bytes));
}
