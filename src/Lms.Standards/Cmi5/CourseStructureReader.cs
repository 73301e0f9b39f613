using System.Globalization;
using System.Xml.Linq;
using Lms.Standards.Packages;
using Lms.Standards.Xapi;

namespace Lms.Standards.Cmi5;

/// <summary>What a reader made of a <c>cmi5.xml</c>.</summary>
/// <param name="Course">The course; null where an error refuses it.</param>
/// <param name="Findings">What its author should know. The code is <c>cmi5-</c> and the number of the requirement.</param>
public sealed record CourseReading(CourseStructure? Course, IReadOnlyList<PackageFinding> Findings);

/// <summary>Reads a course structure and says every place where it breaks the specification. (13, 14) No input makes it throw.</summary>
public static class CourseStructureReader
{
    /// <summary>The name that a course structure has at the root of a package. (14.1)</summary>
    public const string FileName = "cmi5.xml";

    /// <summary>Reads a structure.</summary>
    /// <param name="document">As <see cref="PackageXml"/> loaded it.</param>
    /// <param name="findFile">The file of the package at a path, by the name that it really has; null for a structure that comes alone.</param>
    public static CourseReading Read(XDocument document, Func<string, string?>? findFile)
    {
        ArgumentNullException.ThrowIfNull(document);
        var notes = new StructureNotes(FileName, "cmi5-");
        if (document.Root is not { } root || root.Name != StructureSchema.Namespace + "courseStructure")
        {
            notes.Error("13.2.0.0-1", (XObject?)document.Root ?? document, $"The file is no course structure: it must be the element courseStructure of the namespace {StructureSchema.Namespace}.",
                "Start the file with the element and the namespace of the schema.");
            return new CourseReading(null, notes.Findings);
        }
        StructureSchema.Check(root, notes);
        var course = new Pass(notes, findFile).Course(root);
        return new CourseReading(notes.Failed ? null : course, notes.Findings);
    }

    private sealed class Pass(StructureNotes notes, Func<string, string?>? findFile)
    {
        private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
        private readonly List<Block> _blocks = [];
        private readonly List<AssignableUnit> _units = [];
        private List<CourseObjective> _objectives = [];

        public CourseStructure Course(XElement root)
        {
            var course = Child(root, "course");
            var id = course is null ? "" : Iri(course, "id") ?? "";
            _objectives = [.. Children(Child(root, "objectives"), "objective").Select(o => new CourseObjective(OwnId(o, "13.1.3.0-1"), Text(o, "title"), Text(o, "description")))];
            Nodes(root, null);
            foreach (var node in root.Descendants().Where(n => n.Name.LocalName is "au" or "block" && id.Length > 0 && n.Attribute("id")?.Value.Trim() == id))
                notes.Warning("13.1.4.0-1", node.Attribute("id")!, $"The id is that of the course, too: {id}.", "Give the course an id of its own.");
            return new CourseStructure { Id = id, Title = Text(course, "title"), Description = Text(course, "description"), Objectives = _objectives, Blocks = _blocks, Units = _units };
        }

        private void Nodes(XElement parent, int? block)
        {
            foreach (var child in parent.Elements())
            {
                if (child.Name == StructureSchema.Namespace + "au") _units.Add(Unit(child, block));
                else if (child.Name == StructureSchema.Namespace + "block") ReadBlock(child, block);
            }
        }

        private void ReadBlock(XElement element, int? parent)
        {
            _blocks.Add(new Block
            {
                Id = OwnId(element, "13.1.2.0-1"),
                Title = Text(element, "title"),
                Description = Text(element, "description"),
                Parent = parent,
                Objectives = References(element),
            });
            Nodes(element, _blocks.Count - 1);
        }

        private AssignableUnit Unit(XElement element, int? block)
        {
            var url = Child(element, "url");
            var address = url?.Value.Trim() ?? "";
            return new AssignableUnit
            {
                Id = OwnId(element, "13.1.4.0-1"),
                Title = Text(element, "title"),
                Description = Text(element, "description"),
                Block = block,
                Objectives = References(element),
                Url = address,
                File = url is null ? null : UnitUrl.Check(url, address, notes, findFile),
                LaunchMethod = Choice<LaunchMethod>(element, "launchMethod"),
                MoveOn = Choice<MoveOn>(element, "moveOn"),
                MasteryScore = Mastery(element),
                ActivityType = Iri(element, "activityType"),
                LaunchParameters = Child(element, "launchParameters")?.Value.Trim(),
                EntitlementKey = Child(element, "entitlementKey")?.Value.Trim(),
            };
        }

        private string OwnId(XElement element, string requirement)
        {
            if (Iri(element, "id") is not { } id) return "";
            if (id.Length > CourseStructure.LongestId)
                notes.Error(requirement, element.Attribute("id")!, $"The id has more than {CourseStructure.LongestId} characters.", "Shorten it.");
            if (!_ids.TryAdd(id, StructureNotes.Place(element)))
                notes.Error(requirement, element.Attribute("id")!, $"The id {id} is used twice: {_ids[id]} has it, too.", "Give each objective, block and unit an id of its own.");
            return id;
        }

        private string? Iri(XElement element, string name)
        {
            if (element.Attribute(name) is not { } attribute) return null;
            var text = attribute.Value.Trim();
            if (XapiFormats.IsIri(text)) return text;
            notes.Error("3.0.0.0-1", attribute, $"“{text}” is no full IRI.", "Write it with its scheme, for example https://example.org/course/1.");
            return null;
        }

        private List<string> References(XElement element)
        {
            var ids = new List<string>();
            foreach (var objective in Children(Child(element, "objectives"), "objective"))
            {
                if (Iri(objective, "idref") is not { } id) continue;
                if (_objectives.All(o => o.Id != id))
                    notes.Warning("13.1.3", objective.Attribute("idref")!, $"The course has no objective {id}.", "Describe it under objectives at the top of the structure.");
                ids.Add(id);
            }
            return ids;
        }

        private T Choice<T>(XElement element, string name) where T : struct, Enum
        {
            if (element.Attribute(name) is not { } attribute) return default;
            var text = attribute.Value.Trim();
            if (Enum.GetNames<T>().Contains(text)) return Enum.Parse<T>(text);
            notes.Error("13.2.0.0-1", attribute, $"“{text}” is no value of {name}.", $"Write one of {string.Join(", ", Enum.GetNames<T>())}.");
            return default;
        }

        private decimal? Mastery(XElement element)
        {
            if (element.Attribute("masteryScore") is not { } attribute) return null;
            var text = attribute.Value.Trim();
            if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var score) || score is < 0 or > 1)
            {
                notes.Error("13.2.0.0-1", attribute, $"“{text}” is no mastery score.", "Write a decimal number from 0 to 1, for example 0.8.");
                return null;
            }
            if (decimal.Round(score, 4) != score)
                notes.Warning("13.1.4", attribute, $"The mastery score {text} has more than four decimals.", "Round it, so that every unit and system compares the same number.");
            return score;
        }

        private static Dictionary<string, string> Text(XElement? parent, string name)
        {
            var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var text in Children(Child(parent, name), "langstring"))
            {
                var tag = text.Attribute("lang")?.Value.Trim();
                texts.TryAdd(tag is not null && LanguageTag.IsValid(tag) ? tag : "und", text.Value.Trim());
            }
            return texts;
        }

        private static XElement? Child(XElement? parent, string name) => parent?.Element(StructureSchema.Namespace + name);

        private static IEnumerable<XElement> Children(XElement? parent, string name) => parent?.Elements(StructureSchema.Namespace + name) ?? [];
    }
}
