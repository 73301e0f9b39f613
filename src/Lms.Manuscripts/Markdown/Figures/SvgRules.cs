using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Lms.Manuscripts.Markdown.Sanitizing;

namespace Lms.Manuscripts.Markdown.Figures;

/// <summary>What a drawing may consist of.</summary>
internal static partial class SvgRules
{
    public static readonly FrozenSet<string> Elements = HtmlSanitizer.Words("""
        svg g path rect circle ellipse line polyline polygon text tspan title desc defs marker symbol use clipPath
        """).ToFrozenSet(StringComparer.Ordinal);

    public static readonly FrozenSet<string> Attributes = HtmlSanitizer.Words("""
        aria-hidden aria-label aria-labelledby class clip-path clip-rule clipPathUnits cx cy d direction dominant-baseline
        dx dy fill fill-opacity fill-rule font-family font-size font-style font-weight height href id lang lengthAdjust
        letter-spacing marker-end marker-mid marker-start markerHeight markerUnits markerWidth opacity orient pathLength
        points preserveAspectRatio r refX refY role rotate rx ry stroke stroke-dasharray stroke-dashoffset stroke-linecap
        stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration textLength transform
        unicode-bidi vector-effect viewBox width x x1 x2 y y1 y2
        """).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The page's colours.</summary>
    public static readonly FrozenSet<string> Classes = HtmlSanitizer.Words("""
        ink soft line paper surface brand brand-soft amber amber-soft good good-soft bad bad-soft
        s-ink s-soft s-line s-brand s-amber s-good s-bad
        """).ToFrozenSet(StringComparer.Ordinal);

    // What drawing programs add for themselves; it is left out without a word.
    public static bool IsEditorsOwn(string namespaceName, string name) =>
        namespaceName.Length > 0 && namespaceName is not ("http://www.w3.org/2000/svg" or "http://www.w3.org/1999/xlink" or "http://www.w3.org/XML/1998/namespace")
        || name is "metadata" or "version" or "baseProfile" or "enable-background" or "space" or "base" || name.StartsWith("data-", StringComparison.Ordinal);

    public static bool IsLocalUrl(string value) => LocalUrl().IsMatch(value);

    public static bool IsId(string value) => value.Length <= 64 && Id().IsMatch(value);

    [GeneratedRegex("^url\\(#[A-Za-z_][A-Za-z0-9_.-]*\\)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LocalUrl();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_.-]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
