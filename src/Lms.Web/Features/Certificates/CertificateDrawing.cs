using System.Globalization;
using System.Xml.Linq;
using Lms.Web.Features.Shared;
using Lms.Web.Features.Xapi;
using QRCoder;

namespace Lms.Web.Features.Certificates;

/// <summary>Fills the template in: the one drawing of which page, file and PDF are made.</summary>
public sealed class CertificateDrawing(CertificateTemplates templates, XapiAddresses addresses)
{
    private static readonly XNamespace Svg = CertificateTemplate.Svg;
    // Half the height of a capital letter: a text that shrinks or breaks stays about the same middle.
    private const double CapitalMiddle = 0.36;
    private static readonly string[] TextAttributes = ["font-size", "font-weight", "font-style", "font-family", "fill", "letter-spacing", "text-anchor"];

    /// <summary>The certificate as SVG, to be shown in a page or kept as a file.</summary>
    public string Draw(Certificate certificate) => Draw(certificate, templates.Current);

    /// <summary>The same words in another drawing.</summary>
    internal string Draw(Certificate certificate, CertificateTemplate template)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var root = template.Copy();
        var words = CertificateWords.Of(certificate, addresses);
        var rtl = LanguageNames.IsRtl(certificate.Language);
        root.SetAttributeValue(XNamespace.Xml + "lang", certificate.Language);
        // Said in either case: the page around it may run the other way.
        root.SetAttributeValue("direction", rtl ? "rtl" : "ltr");

        root.Descendants().Where(e => e.Attribute("data-if") is { } name && words.GetValueOrDefault(name.Value) is null or "").Remove();
        foreach (var text in root.Descendants(Svg + "text").ToList()) FillText(text, words);
        foreach (var label in root.Descendants().Where(e => e.Name == Svg + "title" || e.Name == Svg + "desc")) label.Value = Fill(label.Value, words);
        foreach (var place in root.Descendants(Svg + "rect").Where(CertificateTemplate.IsCode).ToList()) place.ReplaceWith(Code(place, addresses.Certificate(certificate.Serial)));
        root.DescendantsAndSelf().Attributes().Where(a => a.Name.LocalName.StartsWith("data-", StringComparison.Ordinal)).Remove();
        return root.ToString(SaveOptions.DisableFormatting);
    }

    private static string Fill(string text, Dictionary<string, string> words) =>
        CertificateTemplate.Placeholder().Replace(text, match => words[match.Groups[1].Value]).Trim();

    private static void FillText(XElement text, Dictionary<string, string> words)
    {
        if (!CertificateTemplate.Placeholder().IsMatch(text.Value)) return;
        var filled = Fill(text.Value, words);
        // Inkscape sets position and type on a tspan inside the text.
        foreach (var inner in text.Descendants(Svg + "tspan").Reverse().ToList())
            foreach (var attribute in inner.Attributes().Where(a => a.Name.LocalName is "x" or "y" || TextAttributes.Contains(a.Name.LocalName)))
                text.SetAttributeValue(attribute.Name, attribute.Value);

        var size = Number(Inherited(text, "font-size"), 5);
        var fitted = TextFit.Fit(filled, size, Number((string?)text.Attribute("data-width"), 240), (int)Number((string?)text.Attribute("data-lines"), 1));
        var top = Number((string?)text.Attribute("y"), 0) - (fitted.Lines.Count - 1) * fitted.Step / 2 - (size - fitted.Size) * CapitalMiddle;
        text.SetAttributeValue("font-size", Text(fitted.Size));
        text.SetAttributeValue("y", Text(top));
        text.RemoveNodes();
        if (fitted.Lines is [var only]) { text.Value = only; return; }
        foreach (var (i, line) in fitted.Lines.Index())
            text.Add(new XElement(Svg + "tspan", new XAttribute("x", (string?)text.Attribute("x") ?? "0"), new XAttribute("y", Text(top + i * fitted.Step)), line));
    }

    /// <summary>The code as one path of runs, in the rectangle's place and colour, with the four modules of quiet around it.</summary>
    private static XElement Code(XElement place, string address)
    {
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        var rows = data.ModuleMatrix;
        var path = new System.Text.StringBuilder();
        for (var y = 0; y < rows.Count; y++)
            for (var x = 0; x < rows.Count; x++)
            {
                var start = x;
                while (x < rows.Count && rows[y][x]) x++;
                if (x > start) path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h-{x - start}z");
            }
        var scale = Number((string?)place.Attribute("width"), 30) / rows.Count;
        return new XElement(Svg + "g",
            new XAttribute("transform", $"translate({(string?)place.Attribute("x") ?? "0"} {(string?)place.Attribute("y") ?? "0"}) scale({Text(scale)})"),
            new XElement(Svg + "path", new XAttribute("fill", "#ffffff"), new XAttribute("d", $"M0 0h{rows.Count}v{rows.Count}h-{rows.Count}z")),
            new XElement(Svg + "path", new XAttribute("fill", (string?)place.Attribute("fill") ?? "#000000"), new XAttribute("shape-rendering", "crispEdges"), new XAttribute("d", path)));
    }

    private static string? Inherited(XElement element, string name) =>
        element.AncestorsAndSelf().Select(e => (string?)e.Attribute(name)).FirstOrDefault(v => v is not null);

    private static double Number(string? text, double otherwise) =>
        double.TryParse(text?.Replace("px", "", StringComparison.Ordinal).Replace("mm", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : otherwise;

    private static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
