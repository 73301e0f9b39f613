using System.Globalization;

namespace Lms.Standards.Xapi;

/// <summary>Durations in the designator format of ISO 8601:2004, 4.4.3.2: <c>P3Y1M29DT4H35M59.14S</c> or <c>P4W</c>. (Data 4.6)</summary>
public static class Iso8601Duration
{
    private const string Designators = "YMDHMS";

    /// <summary>Writes <paramref name="duration"/> in hours, minutes and seconds, cut to 0.01 s; a negative one counts as zero.</summary>
    public static string Format(TimeSpan duration)
    {
        var hundredths = Math.Max(0, duration.Ticks) / (TimeSpan.TicksPerSecond / 100);
        var (hours, rest) = Math.DivRem(hundredths, 360_000);
        var (minutes, rest2) = Math.DivRem(rest, 6_000);
        var text = "PT"
            + (hours > 0 ? Number(hours) + "H" : "")
            + (minutes > 0 ? Number(minutes) + "M" : "")
            + (rest2 > 0 ? (rest2 / 100m).ToString("0.##", CultureInfo.InvariantCulture) + "S" : "");
        return text == "PT" ? "PT0S" : text;
    }

    /// <summary>Whether <paramref name="text"/> is a duration of the standard.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) => Read(text, null);

    /// <summary>Reads a duration as a length of time; fails where years or months leave that open, or it is longer than a <see cref="TimeSpan"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var seconds = 0m;
        var definite = true;
        if (!Read(text, Add) || !definite || seconds > (decimal)TimeSpan.MaxValue.TotalSeconds - 1) return false;

        duration = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return true;

        void Add(char unit, bool time, ReadOnlySpan<char> number)
        {
            if (!TryNumber(number, out var value)) definite = false;
            else if (unit == 'Y' || (unit == 'M' && !time)) definite &= value == 0;
            else seconds += value * SecondsOf(unit);
        }
    }

    /// <summary>The duration without precision beyond 0.01 s, as it is compared. Otherwise a duration is the text it was sent as. (Data 2.3.1)</summary>
    public static string Truncate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var point = text.AsSpan().IndexOfAny('.', ',');
        if (point < 0 || !text.EndsWith('S') || !IsValid(text)) return text;

        var fraction = text.AsSpan(point + 1, text.Length - point - 2);
        fraction = fraction[..Math.Min(2, fraction.Length)].TrimEnd('0');
        return fraction.IsEmpty ? $"{text.AsSpan(0, point)}S" : $"{text.AsSpan(0, point)}.{fraction}S";
    }

    private delegate void Component(char unit, bool time, ReadOnlySpan<char> number);

    private static bool Read(ReadOnlySpan<char> text, Component? component)
    {
        if (text.Length < 3 || text[0] != 'P') return false;

        var time = false;
        var next = 0; // the first designator of "YMDHMS" that may still come
        for (var at = 1; at < text.Length;)
        {
            if (text[at] == 'T' && !time) (time, next, at) = (true, 3, at + 1);
            var number = text[at..Math.Max(at, NumberEnd(text, at, out var fraction))];
            at += number.Length;
            if (number.IsEmpty || at == text.Length || (fraction && at != text.Length - 1)) return false;

            var unit = text[at++];
            component?.Invoke(unit, time, number);
            if (unit == 'W') return !time && next == 0 && at == text.Length;

            var position = Designators.IndexOf(unit, next);
            if (position < 0 || (!time && position > 2)) return false;
            next = position + 1;
        }
        return true;
    }

    private static int NumberEnd(ReadOnlySpan<char> text, int start, out bool fraction)
    {
        fraction = false;
        var end = SkipDigits(text, start);
        if (end == start || end == text.Length || text[end] is not ('.' or ',')) return end;

        fraction = true;
        var fractionEnd = SkipDigits(text, end + 1);
        return fractionEnd == end + 1 ? start : fractionEnd;
    }

    private static int SkipDigits(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at;
    }

    private static bool TryNumber(ReadOnlySpan<char> number, out decimal value)
    {
        value = 0;
        if (number.Length > 20) return false;
        Span<char> plain = stackalloc char[number.Length];
        number.Replace(plain, ',', '.');
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value < 1e13m;
    }

    private static int SecondsOf(char unit) => unit switch { 'W' => 604_800, 'D' => 86_400, 'H' => 3_600, 'M' => 60, _ => 1 };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
