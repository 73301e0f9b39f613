namespace Lms.Web.Tests.Cmi5;

/// <summary>Courses for the tests, each with ids of its own.</summary>
internal static class CourseXml
{
    public static string Id(string name) => $"https://example.org/{name}/{Guid.NewGuid():N}";

    public static string Unit(string attributes = "moveOn=\"CompletedOrPassed\"", string more = "", string? id = null, string url = "https://content.example.org/start.html?x=1") =>
        $"""<au id="{id ?? Id("au")}" {attributes}>{Texts("Hand hygiene")}<url>{url}</url>{more}</au>""";

    public static string Block(string id, string content) => $"""<block id="{id}">{Texts("Basics")}{content}</block>""";

    public static string Course(string content, string? id = null) =>
        $"""<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"><course id="{id ?? Id("course")}">{Texts("Clean rooms")}</course>{content}</courseStructure>""";

    private static string Texts(string title) => $"""<title><langstring lang="en">{title}</langstring></title><description><langstring lang="en">{title}</langstring></description>""";
}
