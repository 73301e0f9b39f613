using System.Text;
using System.Xml.Linq;
using Lms.Standards.Cmi5;
using Lms.Standards.Packages;

namespace Lms.Standards.Tests.Cmi5;

/// <summary>Course structures for the tests.</summary>
internal static class Courses
{
    public const string Namespace = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd";

    public static string Texts(string title = "A title") =>
        $"""<title><langstring lang="en">{title}</langstring></title><description><langstring lang="en">About {title}</langstring></description>""";

    public static string Unit(string id = "https://example.org/au/1", string url = "https://content.example.org/start.html", string attributes = "", string more = "", string before = "") =>
        $"""<au id="{id}" {attributes}>{Texts()}{before}<url>{url}</url>{more}</au>""";

    public static string Block(string id, string content) => $"""<block id="{id}">{Texts()}{content}</block>""";

    public static string Course(string content, string id = "https://example.org/course/1", string objectives = "", string courseMore = "", string ns = Namespace) =>
        $"""<courseStructure xmlns="{ns}"><course id="{id}">{Texts()}{courseMore}</course>{objectives}{content}</courseStructure>""";

    public static CourseReading Read(string xml, params string[]? files) =>
        CourseStructureReader.Read(XDocument.Parse(xml), files is null ? null : path => files.FirstOrDefault(f => f.Equals(path, StringComparison.OrdinalIgnoreCase)));

    public static CourseReading ReadAlone(string xml) => CourseStructureReader.Read(PackageXml.Load(new MemoryStream(Encoding.UTF8.GetBytes(xml)), "cmi5.xml").Document!, null);

    public static PackageFinding OneError(this CourseReading reading)
    {
        Assert.Null(reading.Course);
        var error = Assert.Single(reading.Findings, f => f.Severity == Severity.Error);
        Assert.NotEmpty(error.Cure);
        return error;
    }
}
