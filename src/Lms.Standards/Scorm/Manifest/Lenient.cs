using System.Globalization;
using System.Xml.Linq;

namespace Lms.Standards.Scorm.Manifest;

/// <summary>Finds elements and attributes as authoring tools write them: letter case and namespaces don't matter, local names do.</summary>
internal static class Lenient
{
    public static IEnumerable<XElement> Children(this XElement element, string name) => element.Elements().Where(e => e.Is(name));

    public static XElement? Child(this XElement element, string name) => element.Elements().FirstOrDefault(e => e.Is(name));

    public static bool Is(this XElement element, string name) => element.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The attribute's text with white space collapsed; null when it is missing or empty.</summary>
    public static string? Get(this XElement element, string name)
    {
        foreach (var attribute in element.Attributes())
            if (!attribute.IsNamespaceDeclaration && attribute.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))
                return Collapse(attribute.Value) is { Length: > 0 } text ? text : null;
        return null;
    }

    /// <summary>An identifier typed as a URI: its white space may be written as <c>%20</c>, and is collapsed as any other.</summary>
    public static string? GetUri(this XElement element, string name) =>
        element.Get(name) is { } text && Collapse(text.Replace("%20", " ", StringComparison.Ordinal)) is { Length: > 0 } id ? id : null;

    /// <summary>The element's text with white space collapsed; null when it is missing or empty.</summary>
    public static string? Text(this XElement? element) => element is not null && Collapse(element.Value) is { Length: > 0 } text ? text : null;

    public static string Collapse(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether the element belongs to ADL's sequencing extension.</summary>
    public static bool IsAdlSequencing(this XElement element) =>
        element.Name.NamespaceName.Contains("adlseq", StringComparison.OrdinalIgnoreCase) || element.Attributes().Any(a => a.Name.LocalName == "readProgressMeasure");

    public static bool TryDecimal(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>Where the element is: <c>imsmanifest.xml/organizations/organization[1]/item[2]</c>.</summary>
    public static string Place(XElement element)
    {
        if (element.Parent is null) return "imsmanifest.xml";
        var place = $"{Place(element.Parent)}/{element.Name.LocalName}";
        var alike = element.Parent.Elements().Where(e => e.Name.LocalName == element.Name.LocalName).ToList();
        return alike.Count == 1 && !element.Is("item") && !element.Is("organization") && !element.Is("resource") ? place : $"{place}[{alike.IndexOf(element) + 1}]";
    }
}
