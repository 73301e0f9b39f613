using System.Xml.Linq;
using Lms.Standards.Packages;

namespace Lms.Standards.Scorm.Manifest;

/// <summary>What the reader found on its way, and values read with a finding where they are not what they should be.</summary>
internal sealed class ManifestFindings
{
    private const int Most = 200;
    private readonly List<PackageFinding> _all = [];

    public IReadOnlyList<PackageFinding> All => _all;

    public bool Refused => _all.Any(f => f.Severity == Severity.Error);

    public void Error(string code, XElement at, string? attribute, string message, string cure) =>
        Add(PackageFinding.Error(code, PlaceOf(at, attribute), message, cure));

    public void Warning(string code, XElement at, string? attribute, string message, string cure) =>
        Add(PackageFinding.Warning(code, PlaceOf(at, attribute), message, cure));

    /// <summary>A yes or no.</summary>
    public bool Flag(XElement? at, string attribute, bool otherwise)
    {
        switch (at?.Get(attribute)?.ToUpperInvariant())
        {
            case null: return otherwise;
            case "TRUE" or "1" or "YES": return true;
            case "FALSE" or "0" or "NO": return false;
        }
        Error("value-invalid", at!, attribute, $"“{Cut(at!.Get(attribute)!)}” is neither true nor false.", "Write true or false.");
        return otherwise;
    }

    /// <summary>A number within bounds.</summary>
    public decimal? Number(XElement? at, string? attribute, decimal least, decimal most)
    {
        if ((attribute is null ? at.Text() : at?.Get(attribute)) is not { } text) return null;
        if (Lenient.TryDecimal(text, out var number) && number >= least && number <= most) return number;
        Error("value-out-of-range", at!, attribute, $"“{Cut(text)}” is no number from {least} to {most}.", $"Write a number from {least} to {most}.");
        return null;
    }

    /// <summary>A count.</summary>
    public int? Count(XElement? at, string attribute)
    {
        if (at?.Get(attribute) is not { } text) return null;
        if (Lenient.TryDecimal(text, out var number) && number >= 0 && number <= int.MaxValue && decimal.IsInteger(number)) return (int)number;
        Error("value-out-of-range", at, attribute, $"“{Cut(text)}” is no whole number from 0 on.", "Write a whole number, 0 or greater.");
        return null;
    }

    /// <summary>A word of a vocabulary, in any letter case.</summary>
    public T Word<T>(XElement? at, string? attribute, T otherwise) where T : struct, Enum => TryWord<T>(at, attribute) ?? otherwise;

    /// <summary>A word of a vocabulary; null when it is missing or there is no such word, which is an error.</summary>
    public T? TryWord<T>(XElement? at, string? attribute) where T : struct, Enum
    {
        if ((attribute is null ? at.Text() : at?.Get(attribute)) is not { } text) return null;
        if (!char.IsAsciiDigit(text[0]) && !text.Contains(',', StringComparison.Ordinal) && Enum.TryParse<T>(text, ignoreCase: true, out var word)) return word;
        var words = string.Join(", ", Enum.GetNames<T>().Select(n => char.ToLowerInvariant(n[0]) + n[1..]));
        Error("value-unknown", at!, attribute, $"“{Cut(text)}” means nothing here.", $"Write one of {words}.");
        return null;
    }

    public static string Cut(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 59), "…");

    private static string PlaceOf(XElement at, string? attribute) => attribute is null ? Lenient.Place(at) : $"{Lenient.Place(at)}@{attribute}";

    private void Add(PackageFinding finding)
    {
        if (_all.Count < Most && !_all.Contains(finding)) _all.Add(finding);
    }
}
