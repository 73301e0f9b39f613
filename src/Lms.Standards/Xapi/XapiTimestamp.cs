using System.Globalization;

namespace Lms.Standards.Xapi;

/// <summary>Timestamps: RFC 3339, the profile of ISO 8601 that xAPI asks for. (Data 4.5)</summary>
public static class XapiTimestamp
{
    /// <summary>Writes <paramref name="time"/> in UTC to the millisecond, always 24 characters: texts sort as times do.</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads an RFC 3339 timestamp; <c>-00:00</c>, which says that the offset is unknown, is refused. A leap second reads as the second before it.
    /// Digits beyond 100 ns are cut.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't') || text[13] != ':' || text[16] != ':') return false;
        if (!Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day)) return false;
        if (!Digits(text[11..13], out var hour) || !Digits(text[14..16], out var minute) || !Digits(text[17..19], out var second)) return false;
        if (year is 0 || month is 0 or > 12 || day is 0 || day > DateTime.DaysInMonth(year, month)) return false;
        if (hour > 23 || minute > 59 || second > 60 || !Fraction(text[19..], out var ticks, out var rest) || !Offset(rest, out var offset)) return false;

        var local = new DateTime(year, month, day, hour, minute, Math.Min(second, 59), DateTimeKind.Unspecified).AddTicks(ticks);
        var utc = local.Ticks - offset.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks) return false;

        time = new DateTimeOffset(utc, TimeSpan.Zero);
        return true;
    }

    /// <summary>
    /// Reads RFC 3339 and any other combined date and time of ISO 8601, as 1.0.x must: extended or basic, with or without seconds; an offset of hours alone, or none,
    /// which counts as UTC. A negative offset of zero is refused here, too.
    /// </summary>
    public static bool TryParseIso8601(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        if (TryParse(text, out time)) return true;
        var middle = text.IndexOf('T');
        if (middle is not (8 or 10)) return false;

        var date = text[..middle].ToString();
        var rest = text[(middle + 1)..];
        if (middle == 8) date = $"{date[..4]}-{date[4..6]}-{date[6..]}";
        var zone = rest.IndexOfAny('Z', '+', '-');
        var clock = (zone < 0 ? rest : rest[..zone]).ToString();
        var offset = zone < 0 ? "Z" : rest[zone..].ToString();
        if (middle == 8)
        {
            if (clock.Length < 4 || clock.Contains(':')) return false;
            clock = clock[..2] + ":" + clock[2..4] + (clock.Length > 4 ? ":" + clock[4..] : "");
        }
        if (clock.Length == 5) clock += ":00";
        if (offset.Length == 3) offset += ":00";
        else if (offset.Length == 5) offset = $"{offset[..3]}:{offset[3..]}";
        return TryParse($"{date}T{clock.Replace(',', '.')}{offset}", out time);
    }

    private static bool Fraction(ReadOnlySpan<char> text, out long ticks, out ReadOnlySpan<char> rest)
    {
        ticks = 0;
        rest = text;
        if (text[0] != '.') return true;

        var end = 1;
        for (var unit = TimeSpan.TicksPerSecond / 10; end < text.Length && char.IsAsciiDigit(text[end]); unit /= 10)
            ticks += unit * (text[end++] - '0');
        rest = text[end..];
        return end > 1;
    }

    private static bool Offset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text is "Z" or "z") return true;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':') return false;
        if (!Digits(text[1..3], out var hours) || !Digits(text[4..], out var minutes) || hours > 23 || minutes > 59) return false;

        offset = new TimeSpan(hours, minutes, 0);
        if (text[0] == '+') return true;
        offset = -offset;
        return offset != TimeSpan.Zero;
    }

    private static bool Digits(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
