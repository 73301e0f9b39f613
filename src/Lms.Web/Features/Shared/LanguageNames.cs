using System.Globalization;

namespace Lms.Web.Features.Shared;

/// <summary>Languages as their own speakers write them.</summary>
public static class LanguageNames
{
    public static string Of(string tag)
    {
        var name = CultureInfo.GetCultureInfo(tag).NativeName;
        return name.Length == 0 ? tag : name;
    }

    public static bool IsRtl(string tag) => CultureInfo.GetCultureInfo(tag).TextInfo.IsRightToLeft;

    /// <summary><c>rtl</c> or <c>ltr</c>, for the <c>dir</c> of a text in that language.</summary>
    public static string Direction(string tag) => IsRtl(tag) ? "rtl" : "ltr";

    /// <summary>The names of several languages with a dot between them: English · français.</summary>
    public static string List(IEnumerable<string> tags) => string.Join(" · ", tags.Select(Of));
}
