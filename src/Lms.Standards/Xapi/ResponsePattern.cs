using System.Globalization;

namespace Lms.Standards.Xapi;

/// <summary>Writes answers in the standard's notation, the same for a right answer and for a learner's response. (Data 2.4.4.1)</summary>
public static class ResponsePattern
{
    /// <summary>Chosen options, texts, or options in order: <c>a[,]b</c>.</summary>
    public static string Items(IEnumerable<string> items) => string.Join("[,]", items);

    /// <summary>Pairs of source and target, or of step and response: <c>a[.]1[,]b[.]2</c>.</summary>
    public static string Pairs(IEnumerable<(string First, string Second)> pairs) =>
        string.Join("[,]", pairs.Select(p => $"{p.First}[.]{p.Second}"));

    /// <summary>A range of numbers, open where a bound is null: <c>1[:]2</c>; a single number where both are the same.</summary>
    public static string Range(decimal? min, decimal? max) => min == max && min is { } value
        ? value.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{min}[:]{max}");

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static string TrueFalse(bool value) => value ? "true" : "false";
}
