using System.Globalization;
using System.Text;

namespace Lms.Web.Features.Certificates;

/// <summary>A name fit for print.</summary>
public static class PrintedName
{
    private const int Longest = 200;

    /// <summary>
    /// The name without control characters and without the marks that turn the direction of text, by which a name could
    /// pass for another; joiners stay, because Persian and many Indian names need them.
    /// </summary>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var clean = new StringBuilder();
        foreach (var rune in name.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) { if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' '); }
            else if (IsPrinted(rune)) clean.Append(rune.ToString());
        }
        var text = clean.ToString().Trim();
        return text.Length <= Longest ? text : Cut(text);
    }

    private static bool IsPrinted(Rune rune) => rune.Value is 0x200C or 0x200D || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static string Cut(string text)
    {
        var end = 0;
        while (end + StringInfo.GetNextTextElementLength(text, end) is var next && next <= Longest) end = next;
        return text[..end].TrimEnd();
    }
}
