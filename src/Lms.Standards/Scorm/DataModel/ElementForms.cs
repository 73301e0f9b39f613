using System.Globalization;
using System.Text.RegularExpressions;

namespace Lms.Standards.Scorm.DataModel;

/// <summary>How single values are written (SCORM 2004 RTE, 4.1.1; SCORM 1.2 RTE, 3.4.1).</summary>
internal static partial class ElementForms
{
    public static bool IsReal(string text) => RealForm().IsMatch(text);

    public static bool IsInteger(string text) => IntegerForm().IsMatch(text);

    /// <summary>The number that a text of the form stands for, as a browser reads it.</summary>
    public static double ToNumber(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    public static bool IsInterval(string text) => IntervalForm().IsMatch(text);

    public static bool IsIdentifier(string text) => IdentifierForm().IsMatch(text) && !BareScheme().IsMatch(text);

    public static bool IsIdentifier12(string text) => Identifier12Form().IsMatch(text);

    public static bool IsTimespan12(string text) => Timespan12Form().IsMatch(text);

    public static bool IsTime12(string text) => Time12Form().IsMatch(text);

    public static bool IsNavigation(string text) => NavigationForm().IsMatch(text);

    public static bool IsLanguage(string tag)
    {
        if (!SubtagsForm().IsMatch(tag)) return false;
        var primary = tag.Split('-')[0].ToLowerInvariant();
        return primary.Length is 2 or 3 ? Languages.Has(primary) : tag.Length > 2 && primary is "i" or "x";
    }

    public static bool IsLocalized(string text) => TakeDelimiter(text, "lang") is not { Value: { } tag } || IsLanguage(tag);

    /// <summary>Takes <c>{name=value}</c> off the beginning of a text; no value when it isn't there.</summary>
    public static (string? Value, string Text) TakeDelimiter(string text, string name)
    {
        var start = $"{{{name}=";
        var end = text.StartsWith(start, StringComparison.Ordinal) ? text.IndexOf('}', StringComparison.Ordinal) : -1;
        return end < 0 ? (null, text) : (text[start.Length..end], text[(end + 1)..]);
    }

    public static bool IsTime(string text)
    {
        if (TimeForm().Match(text) is not { Success: true } time) return false;
        int Part(string name, int otherwise) =>
            time.Groups[name] is { Success: true } part ? int.Parse(part.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;

        var (year, month, day) = (Part("year", 0), Part("month", 1), Part("day", 1));
        return year is >= 1970 and <= 2038 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && Part("hour", 0) < 24 && Part("minute", 0) < 60 && Part("second", 0) < 60
            && Part("zonehour", 0) < 24 && Part("zoneminute", 0) < 60;
    }

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\z")]
    private static partial Regex RealForm();

    [GeneratedRegex(@"^[+-]?[0-9]+\z")]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"^P(?=[0-9]|T[0-9])([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]{1,2})?S)?)?\z")]
    private static partial Regex IntervalForm();

    [GeneratedRegex(@"^(?<year>[0-9]{4})(-(?<month>[0-9]{2})(-(?<day>[0-9]{2})(T(?<hour>[0-9]{2})(:(?<minute>[0-9]{2})(:(?<second>[0-9]{2})(\.[0-9]{1,2}(Z|[+-](?<zonehour>[0-9]{2})(:(?<zoneminute>[0-9]{2}))?)?)?)?)?)?)?)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex TimeForm();

    // Spaces, controls and what RFC 3987 keeps out of an IRI; brackets part the members of a response. The white space is JavaScript's.
    [GeneratedRegex("^[^\\s\\uFEFF\\u0000-\\u001f\"<>\\\\^`{|}[\\]]+\\z")]
    private static partial Regex IdentifierForm();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:\z")]
    private static partial Regex BareScheme();

    [GeneratedRegex(@"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\z")]
    private static partial Regex SubtagsForm();

    [GeneratedRegex(@"^[^\s\uFEFF]{1,255}\z")]
    private static partial Regex Identifier12Form();

    [GeneratedRegex(@"^[0-9]{2,4}:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,2})?\z")]
    private static partial Regex Timespan12Form();

    [GeneratedRegex(@"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,2})?\z")]
    private static partial Regex Time12Form();

    [GeneratedRegex(@"^(_none_|continue|previous|exit|exitAll|abandon|abandonAll|suspendAll|\{target=[^{}]+\}(choice|jump))\z")]
    private static partial Regex NavigationForm();
}
