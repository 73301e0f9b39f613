using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Lms.Web.Features.Certificates;

/// <summary>
/// The drawing of which every form of a certificate is made. It is checked before it is used: whatever could reach for a file,
/// the network or a script is refused, and what an editor adds for itself is dropped.
/// </summary>
public sealed partial class CertificateTemplate
{
    public const int MostBytes = 512 * 1024;
    internal static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";

    private static readonly HashSet<string> Elements =
    [
        "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
        "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "symbol", "use", "image",
    ];

    private static readonly string[] Required = ["holder", "course", "serial"];

    private readonly XElement _root;

    private CertificateTemplate(XElement root) => _root = root;

    /// <summary>A copy to be filled in.</summary>
    internal XElement Copy() => new(_root);

    /// <summary>The template, or why it can't be used, as a sentence for the operator.</summary>
    /// <param name="isCertificate">Whether it must show all that a certificate is; a badge need not.</param>
    public static (CertificateTemplate? Template, string? Refused) Read(byte[] bytes, bool isCertificate = true)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length > MostBytes) return (null, $"It has more than {MostBytes / 1024} KB.");
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var document = XDocument.Load(reader, LoadOptions.SetLineInfo);
            if (document.Root is not { } root || root.Name != Svg + "svg" || root.Attribute("viewBox") is null) return (null, "Its root is not an svg element with a viewBox.");
            if (document.DescendantNodes().OfType<XProcessingInstruction>().Any()) return (null, "It holds a processing instruction, such as a link to a style sheet.");
            return Check(root, isCertificate) is { } refused ? (null, refused) : (new CertificateTemplate(root), null);
        }
        catch (XmlException failure)
        {
            return (null, $"It is not well-formed XML without a DTD: {failure.Message}");
        }
    }

    private static string? Check(XElement root, bool isCertificate)
    {
        root.DescendantNodes().OfType<XComment>().Remove();
        root.Descendants().Where(e => e.Name.Namespace != Svg || e.Name.LocalName == "metadata").Remove();
        foreach (var element in root.DescendantsAndSelf())
        {
            if (!Elements.Contains(element.Name.LocalName)) return At(element, $"The element <{element.Name.LocalName}> is not allowed.");
            Unstyle(element);
            element.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.Namespace != XNamespace.None && a.Name.Namespace != XLink && a.Name.Namespace != XNamespace.Xml).Remove();
            if (element.Attributes().Where(a => !a.IsNamespaceDeclaration).Select(Wrong).FirstOrDefault(w => w is not null) is { } wrong) return At(element, wrong);
        }
        return CheckPlaceholders(root, isCertificate);
    }

    private static string? Wrong(XAttribute attribute)
    {
        var (name, value) = (attribute.Name.LocalName, attribute.Value.Trim());
        if (name.StartsWith("on", StringComparison.OrdinalIgnoreCase)) return $"The attribute {name} is a script.";
        if (attribute.Name.Namespace == XNamespace.Xml && name == "base") return "xml:base is not allowed.";
        if (name == "href") return EmbeddedReference().IsMatch(value) ? null : $"{name}=\"{Start(value)}\" leads out of the file; embed the picture instead.";
        if (value.Contains("//", StringComparison.Ordinal) || value.Contains('\\', StringComparison.Ordinal) || value.Contains('@', StringComparison.Ordinal)
            || OutwardFunction().IsMatch(value)) return $"{name}=\"{Start(value)}\" leads out of the file.";
        return null;
    }

    private static string? CheckPlaceholders(XElement root, bool isCertificate)
    {
        var used = Placeholder().Matches(string.Concat(root.DescendantNodes().OfType<XText>().Select(t => t.Value + "\n"))).Select(m => m.Groups[1].Value).ToHashSet();
        if (used.Except(CertificateWords.Names).FirstOrDefault() is { } unknown)
            return $"{{{{{unknown}}}}} is not known. Known: {string.Join(", ", CertificateWords.Names)}.";
        if (!isCertificate) return null;
        if (Required.Except(used).FirstOrDefault() is { } missing) return $"{{{{{missing}}}}} is missing.";
        return root.Descendants(Svg + "rect").Any(IsCode) ? null : "There is no rect with id=\"qr\" where the code goes.";
    }

    /// <summary>An editor writes <c>style="fill:…"</c>, which the site's content security policy forbids in a page: the same as attributes is allowed.</summary>
    private static void Unstyle(XElement element)
    {
        if (element.Attribute("style") is not { } style) return;
        style.Remove();
        foreach (var rule in style.Value.Split(';'))
        {
            var colon = rule.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && PropertyName().IsMatch(rule[..colon].Trim())) element.SetAttributeValue(rule[..colon].Trim(), rule[(colon + 1)..].Trim());
        }
    }

    internal static bool IsCode(XElement element) => (string?)element.Attribute("id") == "qr";

    private static string At(IXmlLineInfo place, string sentence) => $"Line {place.LineNumber}: {sentence}";

    private static string Start(string value) => value.Length > 60 ? value[..60] + "…" : value;

    [GeneratedRegex(@"\{\{\s*(\w+)\s*\}\}")]
    internal static partial Regex Placeholder();

    [GeneratedRegex(@"^(#|data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]+$)")]
    private static partial Regex EmbeddedReference();

    // Any function of CSS that may fetch, but url(#…), which stays inside.
    [GeneratedRegex(@"(url\s*\((?!\s*['""]?#)|src\s*\(|image\s*\(|image-set\s*\(|expression\s*\()", RegexOptions.IgnoreCase)]
    private static partial Regex OutwardFunction();

    [GeneratedRegex("^[a-z][a-z-]*$")]
    private static partial Regex PropertyName();
}
