using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Lms.Standards.Scorm.DataModel;

/// <summary>Time that content objects took, added up in the notation of their standard.</summary>
public static partial class ScormTime
{
    /// <summary>Adds a session's time to the total: ISO 8601 in SCORM 2004, <c>HHHH:MM:SS.SS</c> in 1.2. What can't be read counts as nothing.</summary>
    public static string Add(bool scorm2004, string total, string session)
    {
        var (months, hundredths) = Parse(scorm2004, total);
        var (moreMonths, moreHundredths) = Parse(scorm2004, session);
        return scorm2004 ? Iso(months + moreMonths, hundredths + moreHundredths) : Clock(hundredths + moreHundredths);
    }

    /// <summary>The time as a span, a month counted as 30 days; null when it can't be read.</summary>
    public static TimeSpan? ToTimeSpan(bool scorm2004, string time)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (!(scorm2004 ? IsoForm() : ClockForm()).IsMatch(time)) return null;
        var (months, hundredths) = Parse(scorm2004, time);
        var seconds = (months * 30m * 86_400m) + (hundredths / 100m);
        return seconds < 1_000_000_000m ? TimeSpan.FromSeconds((double)seconds) : null;
    }

    private static (decimal Months, decimal Hundredths) Parse(bool scorm2004, string time)
    {
        var parts = (scorm2004 ? IsoForm() : ClockForm()).Match(time);
        decimal Part(string name) =>
            decimal.TryParse(parts.Groups[name].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : 0;
        return ((Part("years") * 12) + Part("months"),
            decimal.Truncate(((((Part("days") * 24) + Part("hours")) * 60 + Part("minutes")) * 60 + Part("seconds")) * 100));
    }

    private static string Iso(decimal months, decimal hundredths)
    {
        var seconds = decimal.Truncate(hundredths / 100);
        var iso = new StringBuilder("P");
        Append(iso, decimal.Truncate(months / 12), 'Y');
        Append(iso, months % 12, 'M');
        Append(iso, decimal.Truncate(seconds / 86_400), 'D');
        if (hundredths % 8_640_000 > 0) iso.Append('T');
        Append(iso, decimal.Truncate(seconds / 3_600) % 24, 'H');
        Append(iso, decimal.Truncate(seconds / 60) % 60, 'M');
        Append(iso, (hundredths % 6_000) / 100, 'S');
        return iso.Length > 1 ? iso.ToString() : "PT0H0M0S";
    }

    private static void Append(StringBuilder iso, decimal value, char unit)
    {
        if (value > 0) iso.Append(CultureInfo.InvariantCulture, $"{value:0.##}{unit}");
    }

    private static string Clock(decimal hundredths)
    {
        var seconds = decimal.Truncate(hundredths / 100);
        var hours = Math.Min(9_999, decimal.Truncate(seconds / 3_600));
        return string.Create(CultureInfo.InvariantCulture,
            $"{hours:0000}:{decimal.Truncate(seconds / 60) % 60:00}:{seconds % 60:00}.{hundredths % 100:00}");
    }

    [GeneratedRegex(@"^P((?<years>[0-9]{1,9})Y)?((?<months>[0-9]{1,9})M)?((?<days>[0-9]{1,9})D)?(T((?<hours>[0-9]{1,9})H)?((?<minutes>[0-9]{1,9})M)?((?<seconds>[0-9]{1,9}(\.[0-9]{1,2})?)S)?)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex IsoForm();

    [GeneratedRegex(@"^(?<hours>[0-9]{2,4}):(?<minutes>[0-9]{2}):(?<seconds>[0-9]{2}(\.[0-9]{1,2})?)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex ClockForm();
}
