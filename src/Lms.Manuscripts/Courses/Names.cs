using System.Text.RegularExpressions;

namespace Lms.Manuscripts.Courses;

/// <summary>Identifiers: lower-case ASCII letters, digits and hyphens, so that they can be addresses and file names.</summary>
internal static partial class Names
{
    public const string Rule = "Use lower-case letters a–z, digits and hyphens, at most 64.";

    public static bool IsValid(string name) => name.Length <= 64 && Pattern().IsMatch(name);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}

/// <summary>BCP 47 tags, as far as courses need them.</summary>
internal static partial class LanguageTag
{
    public static bool IsValid(string tag) => tag.Length <= 20 && Pattern().IsMatch(tag);

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
