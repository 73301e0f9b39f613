using System.Globalization;
using System.Xml;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Markdown.Figures;

/// <summary>Reads an SVG file by a list of what is allowed. All that is refused is a finding; nothing is mended in silence.</summary>
internal sealed class SvgSanitizer
{
    private const int MostDepth = 24;
    private const string SvgNamespace = "http://www.w3.org/2000/svg";
    private readonly string _file;
    private readonly Report _report;
    private readonly XmlReader _xml;

    private SvgSanitizer(string file, Report report, XmlReader xml) => (_file, _report, _xml) = (file, report, xml);

    // The reader's position of an element is that of its name, behind the “<”.
    private Place Here => _xml is IXmlLineInfo at
        ? new Place(_file, Math.Max(at.LineNumber, 1), Math.Max(at.LinePosition - (_xml.NodeType == XmlNodeType.Element ? 1 : 0), 1)) : new Place(_file, 1, 1);

    /// <summary>The drawing, or null when it is no SVG at all; findings go to <paramref name="report"/>.</summary>
    public static SvgDrawing? Read(byte[] bytes, string file, Report report)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = bytes.Length + 1L,
        };
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(bytes), settings);
            return new SvgSanitizer(file, report, xml).Document();
        }
        catch (XmlException e)
        {
            var dtd = e.Message.Contains("DTD", StringComparison.Ordinal);
            report.Error(new Place(file, Math.Max(e.LineNumber, 1), Math.Max(e.LinePosition, 1)), dtd ? "svg-doctype" : "svg-syntax",
                dtd ? "The drawing has a document type declaration." : "The drawing is not well-formed XML.",
                dtd ? "Remove the <!DOCTYPE …> part." : "Save it again as plain SVG.");
            return null;
        }
    }

    private SvgDrawing? Document()
    {
        _xml.MoveToContent();
        if (_xml.LocalName != "svg" || _xml.NamespaceURI != SvgNamespace)
        {
            _report.Error(Here, "svg-root", "The file does not begin with an <svg> element of SVG.", $"Begin with <svg xmlns=\"{SvgNamespace}\" viewBox=\"…\">.");
            return null;
        }
        var root = Element(0)!;
        while (_xml.Read()) { }
        CheckReferences(root);
        return Size(root) is var (width, height) ? new SvgDrawing(root, width, height) : null;
    }

    private SvgElement? Element(int depth)
    {
        var (at, name) = (Here, _xml.LocalName);
        if (SvgRules.IsEditorsOwn(_xml.NamespaceURI, name)) return Skip();
        if (!SvgRules.Elements.Contains(name) || depth > MostDepth)
        {
            _report.Error(at, depth > MostDepth ? "svg-too-deep" : "svg-element",
                depth > MostDepth ? "The drawing is nested too deeply." : $"<{name}> is not allowed in a drawing.",
                depth > MostDepth ? "Ungroup some of its groups." : name == "style" ? "Give the shapes classes such as “brand” or “s-ink” instead." : "Remove it, or draw with paths, shapes and text.");
            return Skip();
        }
        var element = new SvgElement(name, at, [], []);
        if (_xml.MoveToFirstAttribute())
        {
            do Attribute(element);
            while (_xml.MoveToNextAttribute());
            _xml.MoveToElement();
        }
        if (!_xml.IsEmptyElement) Children(element, depth);
        return element;
    }

    private void Children(SvgElement element, int depth)
    {
        while (_xml.Read() && _xml.NodeType != XmlNodeType.EndElement)
            if (_xml.NodeType == XmlNodeType.Element)
            {
                if (Element(depth + 1) is { } child) element.Children.Add(child);
            }
            else if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace && element.Name is "text" or "tspan" or "title" or "desc")
                element.Children.Add(_xml.Value);
    }

    private SvgElement? Skip()
    {
        if (_xml.IsEmptyElement) return null;
        for (var depth = _xml.Depth; _xml.Read() && !(_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth);) { }
        return null;
    }

    private void Attribute(SvgElement element)
    {
        var (name, value) = (_xml.LocalName, _xml.Value.Trim());
        if (_xml.Prefix == "xmlns" || _xml.Name == "xmlns" || SvgRules.IsEditorsOwn(_xml.NamespaceURI, name)) return;
        if (Problem(element.Name, name, value) is var (code, message, suggestion))
            _report.Error(Here, code, message, suggestion);
        else if (SvgRules.Attributes.Contains(name))
        {
            if (name is "fill" or "stroke" && value is not ("none" or "currentColor" or "inherit" or "transparent"))
                _report.Warning(Here, "svg-colour", $"{name}=\"{Short(value)}\" stays the same in the dark.", "Use a class of the page's colours, such as “brand” or “s-ink”.");
            element.Attributes.Add((name, value));
        }
    }

    private static (string Code, string Message, string Suggestion)? Problem(string element, string name, string value)
    {
        if (name.StartsWith("on", StringComparison.OrdinalIgnoreCase)) return ("svg-script", $"“{Short(name)}” runs a script.", "Remove it: drawings don't move by script.");
        if (name == "style") return ("svg-style", "The style attribute is not allowed.", "Use classes such as “brand” or “s-ink”, and attributes such as stroke-width.");
        if (!SvgRules.Attributes.Contains(name)) return ("svg-attribute", $"“{Short(name)}” is not allowed on <{element}>.", Nearest.To(name, SvgRules.Attributes) is { } meant && meant != name ? $"Did you mean “{meant}”?" : "Remove it.");
        if (name == "href") return value.StartsWith('#') && SvgRules.IsId(value[1..]) && element == "use" ? null : ("svg-reference", $"A drawing may refer only to a part of itself, not to “{Short(value)}”.", "Draw it in this file, or remove it.");
        if (name == "id" && !SvgRules.IsId(value)) return ("svg-id", $"“{Short(value)}” is not an id.", "Use letters, digits and hyphens.");
        if (value.Contains("url(", StringComparison.OrdinalIgnoreCase) && !SvgRules.IsLocalUrl(value)) return ("svg-reference", $"A drawing may refer only to a part of itself, not to “{Short(value)}”.", "Write url(#id) with an id of this file.");
        if (name == "class" && value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(c => !SvgRules.Classes.Contains(c)) is { } unknown)
            return ("svg-class", $"“{Short(unknown)}” is not one of the page's colours.", Nearest.Suggest(unknown, SvgRules.Classes));
        return null;
    }

    // A <use> of a <use> can stand for a billion shapes.
    private void CheckReferences(SvgElement root)
    {
        var all = root.DescendantsAndSelf.ToList();
        var ids = all.Where(e => e["id"] is not null).ToLookup(e => e["id"]!, StringComparer.Ordinal);
        foreach (var twice in ids.Where(g => g.Count() > 1))
            _report.Error(twice.Last().At, "svg-id", $"The id “{twice.Key}” is used twice.", "Give one of the two another id.");
        foreach (var use in all.Where(e => e["href"] is { Length: > 1 }))
        {
            var target = ids[use["href"]![1..]].FirstOrDefault();
            if (target is null) _report.Error(use.At, "svg-reference", "This <use> refers to nothing.", "Give its href the id of a part of this file.");
            else if (target.DescendantsAndSelf.Any(e => e.Name == "use"))
                _report.Error(use.At, "svg-use-nested", "This <use> refers to a part that itself contains a <use>.", "Draw the inner part directly.");
        }
    }

    private (double Width, double Height)? Size(SvgElement root)
    {
        if (root["viewBox"] is { } box)
        {
            var parts = box.Split([' ', ',', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 4 && Length(parts[2]) is { } w && Length(parts[3]) is { } h) return (w, h);
        }
        else if (Length(root["width"]) is { } width && Length(root["height"]) is { } height)
        {
            root.Attributes.Add(("viewBox", FormattableString.Invariant($"0 0 {width} {height}")));
            return (width, height);
        }
        _report.Error(root.At, "svg-viewbox", "The drawing has no usable viewBox, so it can't be scaled.", "Write viewBox=\"0 0 WIDTH HEIGHT\" on the <svg> element.");
        return null;
    }

    private static double? Length(string? text) =>
        double.TryParse(text?.Replace("px", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 10_000 ? value : null;

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
