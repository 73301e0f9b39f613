using System.Globalization;

namespace Lms.Standards.Scorm.DataModel;

/// <summary>Whether a value fits its element's type.</summary>
public enum ElementFit
{
    /// <summary>It does.</summary>
    Fits,

    /// <summary>It is of another type.</summary>
    WrongType,

    /// <summary>It is a number beyond the limits.</summary>
    OutOfRange,
}

/// <summary>
/// The types of SCORM's data model, by the notation of <see cref="ScormElement.Type"/>: a name, and then the words, the limits or nothing.
/// The browser checks the same in <c>types.js</c>; one table of cases is run through both.
/// </summary>
public static class ElementTypes
{
    /// <summary>
    /// What a book names is the least that must be kept; this keeps a content object's mistake from filling a device. In UTF-16 units.
    /// </summary>
    public const int Most = 1 << 18;

    /// <summary>Checks a value; the second argument is the type of the interaction that a response belongs to.</summary>
    public delegate ElementFit Check(string value, string? interactionType);

    /// <summary>The check that a notation stands for, such as <c>real -1..1</c> or <c>words credit|no-credit</c>.</summary>
    public static Check CheckFor(string notation)
    {
        ArgumentNullException.ThrowIfNull(notation);
        var space = notation.IndexOf(' ', StringComparison.Ordinal);
        var name = space < 0 ? notation : notation[..space];
        var rest = space < 0 ? "" : notation[(space + 1)..];
        return name switch
        {
            "text" => Is(v => v.Length <= Most),
            "localized" => Is(v => v.Length <= Most && ElementForms.IsLocalized(v)),
            "words" => Words(rest),
            "real" => Number(rest, blank: false),
            "blankreal" => Number(rest, blank: true),
            "integer" => Integer(rest),
            "interval" => Is(ElementForms.IsInterval),
            "time" => Is(ElementForms.IsTime),
            "id" => Is(v => v.Length <= Most && ElementForms.IsIdentifier(v)),
            "language" => Is(v => v.Length == 0 || ElementForms.IsLanguage(v)),
            "result" => Result(rest),
            "response" => (v, type) => Fit(v.Length <= Most && Responses.IsResponse(type, v)),
            "pattern" => (v, type) => Fit(v.Length <= Most && Responses.IsPattern(type, v)),
            "navigation" => Is(ElementForms.IsNavigation),
            "id12" => Is(ElementForms.IsIdentifier12),
            "timespan12" => Is(ElementForms.IsTimespan12),
            "time12" => Is(ElementForms.IsTime12),
            "keyword" => (_, _) => ElementFit.WrongType,
            _ => throw new ArgumentException($"There is no type '{notation}'.", nameof(notation)),
        };
    }

    private static ElementFit Fit(bool right) => right ? ElementFit.Fits : ElementFit.WrongType;

    private static Check Is(Func<string, bool> right) => (v, _) => Fit(right(v));

    private static Check Words(string words)
    {
        var known = words.Split('|').ToHashSet();
        return (v, _) => Fit(known.Contains(v));
    }

    private static Check Result(string words)
    {
        var known = words.Split('|').ToHashSet();
        return (v, _) => Fit(known.Contains(v) || ElementForms.IsReal(v));
    }

    private static Check Number(string range, bool blank)
    {
        var (least, greatest) = Limits(range);
        return (v, _) => blank && v.Length == 0 ? ElementFit.Fits
            : !ElementForms.IsReal(v) ? ElementFit.WrongType
            : Within(v, least, greatest);
    }

    private static Check Integer(string range)
    {
        var (least, greatest) = Limits(range);
        return (v, _) => ElementForms.IsInteger(v) ? Within(v, least, greatest) : ElementFit.WrongType;
    }

    private static ElementFit Within(string value, double least, double greatest) =>
        ElementForms.ToNumber(value) is var number && number >= least && number <= greatest ? ElementFit.Fits : ElementFit.OutOfRange;

    private static (double Least, double Greatest) Limits(string range)
    {
        if (range.Length == 0) return (double.NegativeInfinity, double.PositiveInfinity);
        var ends = range.Split("..");
        return (End(ends[0], double.NegativeInfinity), End(ends[1], double.PositiveInfinity));
    }

    private static double End(string text, double otherwise) =>
        text.Length == 0 ? otherwise : double.Parse(text, CultureInfo.InvariantCulture);
}
