using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Lms.Standards.Cmi5;

/// <summary>
/// The shape that <c>CourseStructure.xsd</c> asks for: which elements, how often, in which order, with which attributes; elements of other namespaces
/// only after them. (13.1.5, 13.2) What stands in the elements is the reader's.
/// </summary>
internal sealed partial class StructureSchema
{
    public static readonly XNamespace Namespace = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd";

    private static readonly StructureSchema s_anything = new() { Open = true };
    private static readonly StructureSchema s_simple = new();
    private static readonly StructureSchema s_reference = new() { Attributes = ["idref"], ElementOnly = true };
    private static readonly StructureSchema s_langstring = new() { Attributes = ["lang"] };
    private static readonly StructureSchema s_text = new() { Slots = [Slot.Some("langstring", s_langstring)], ElementOnly = true, Extensible = true };
    private static readonly StructureSchema s_objective = new() { Slots = [Slot.One("title", s_text), Slot.One("description", s_text)], AnyOrder = true, Required = ["id"], ElementOnly = true };
    private static readonly StructureSchema s_objectives = new() { Slots = [Slot.Some("objective", s_objective)], ElementOnly = true, Extensible = true };
    private static readonly StructureSchema s_references = new() { Slots = [Slot.Some("objective", s_reference)], ElementOnly = true, Extensible = true };
    private static readonly StructureSchema s_course = new() { Slots = [Slot.One("title", s_text), Slot.One("description", s_text)], Required = ["id"], ElementOnly = true, Extensible = true };

    private static readonly StructureSchema s_unit = new()
    {
        Slots = [Slot.One("title", s_text), Slot.One("description", s_text), Slot.Maybe("objectives", s_references), Slot.One("url", s_simple),
            Slot.Maybe("launchParameters", s_anything), Slot.Maybe("entitlementKey", s_anything)],
        Required = ["id"],
        Attributes = ["moveOn", "masteryScore", "launchMethod", "activityType"],
        ElementOnly = true,
        Extensible = true,
    };

    private static readonly StructureSchema s_block = WithNodes(new() { Required = ["id"] }, [Slot.One("title", s_text), Slot.One("description", s_text), Slot.Maybe("objectives", s_references)]);
    private static readonly StructureSchema s_root = WithNodes(new(), [Slot.One("course", s_course), Slot.Maybe("objectives", s_objectives)], s_block);

    private Slot[] Slots { get; set; } = [];
    private string[] Required { get; init; } = [];
    private string[] Attributes { get; init; } = [];
    private bool ElementOnly { get; set; }
    private bool Extensible { get; set; }
    private bool AnyOrder { get; init; }
    private bool Open { get; init; }

    public static void Check(XElement root, StructureNotes notes)
    {
        s_root.Check(root, notes, new HashSet<XNamespace>());
    }

    // Units and blocks, one at least, in any order; a block may hold blocks.
    private static StructureSchema WithNodes(StructureSchema shape, Slot[] first, StructureSchema? block = null)
    {
        shape.Slots = [.. first, new Slot([("au", s_unit), ("block", block ?? shape)], true, true)];
        shape.ElementOnly = shape.Extensible = true;
        return shape;
    }

    private void Check(XElement element, StructureNotes notes, HashSet<XNamespace> extensions)
    {
        CheckAttributes(element, notes);
        if (Open) return;

        var counts = new int[Slots.Length];
        var last = 0;
        XElement? extension = null;
        foreach (var child in element.Elements())
        {
            if (child.Name.Namespace != Namespace) { if (Extension(child, notes, extensions)) extension ??= child; continue; }
            if (extension is not null)
            {
                notes.Error("13.1.5.0-2", extension, "An extension element stands between elements of the structure.", "Put extension elements last in their parent.");
                extension = null;
            }
            var at = Array.FindIndex(Slots, s => s.Shapes.Any(n => n.Name == child.Name.LocalName));
            if (at < 0) { Unexpected(child, notes); continue; }
            if (at < last && !AnyOrder)
                notes.Error("13.2.0.0-1", child, $"The element {child.Name.LocalName} stands in the wrong place.", $"Keep the order {Order()}.");
            if (counts[at]++ > 0 && !Slots[at].Many)
                notes.Error("13.2.0.0-1", child, $"The element {child.Name.LocalName} is there twice.", "Keep one.");
            last = Math.Max(last, at);
            Slots[at].Shapes.First(n => n.Name == child.Name.LocalName).Shape.Check(child, notes, extensions);
        }
        for (var at = 0; at < Slots.Length; at++)
            if (counts[at] == 0 && Slots[at].Needed)
                notes.Error("13.2.0.0-1", element, $"The element {element.Name.LocalName} has no {Slots[at].Names}.", $"Add it, in the order {Order()}.");
        if (ElementOnly && element.Nodes().OfType<XText>().FirstOrDefault(t => !string.IsNullOrWhiteSpace(t.Value)) is { } stray)
            notes.Error("13.2.0.0-1", element, $"The element {element.Name.LocalName} holds the text “{Short(stray.Value.Trim())}”, where only elements may be.", "Remove it.");
    }

    private void CheckAttributes(XElement element, StructureNotes notes)
    {
        foreach (var name in Required)
            if (element.Attribute(name) is null)
                notes.Error("13.2.0.0-1", element, $"The element {element.Name.LocalName} has no attribute {name}.", "Add it.");
        if (Open) return;
        foreach (var attribute in element.Attributes().Where(a => a.Name.Namespace == XNamespace.None && !a.IsNamespaceDeclaration))
            if (!Required.Contains(attribute.Name.LocalName) && !Attributes.Contains(attribute.Name.LocalName))
                notes.Error("13.2.0.0-1", attribute, $"The schema knows no attribute {attribute.Name.LocalName} here.", "Remove it, or put it in a namespace of your own.");
        if (this == s_langstring && element.Attribute("lang") is { } lang && !LanguagePattern().IsMatch(lang.Value.Trim()))
            notes.Error("13.2.0.0-1", lang, $"“{lang.Value.Trim()}” is no language tag.", "Write a tag of RFC 5646, for example en or pt-BR.");
    }

    private bool Extension(XElement child, StructureNotes notes, HashSet<XNamespace> known)
    {
        if (child.Name.Namespace == XNamespace.None || !Extensible) { Unexpected(child, notes); return false; }
        if (known.Add(child.Name.Namespace))
            notes.Information("13.1.5", child, $"Elements of the namespace {child.Name.NamespaceName} are an extension, which is not used here.", "Make sure that the course works without them.");
        return true;
    }

    private static void Unexpected(XElement child, StructureNotes notes) => notes.Error(
        child.Name.Namespace == Namespace ? "13.2.0.0-1" : "13.1.5.0-2", child, $"The schema knows no element {child.Name.LocalName} here.",
        child.Name.Namespace == Namespace ? "Remove it." : "Remove it, or put it in a namespace of its own, last in an element that may be extended.");

    private string Order() => string.Join(", ", Slots.Select(s => s.Names));

    // xs:language, which allows more than RFC 5646 does.
    [GeneratedRegex("^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$")]
    private static partial Regex LanguagePattern();

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;

    private sealed record Slot((string Name, StructureSchema Shape)[] Shapes, bool Needed, bool Many)
    {
        public static Slot One(string name, StructureSchema shape) => new([(name, shape)], true, false);
        public static Slot Maybe(string name, StructureSchema shape) => new([(name, shape)], false, false);
        public static Slot Some(string name, StructureSchema shape) => new([(name, shape)], true, true);
        public string Names => string.Join(" or ", Shapes.Select(s => s.Name));
    }
}
