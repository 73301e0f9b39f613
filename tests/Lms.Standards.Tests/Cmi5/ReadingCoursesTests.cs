using System.Text.Json;
using Lms.Standards.Cmi5;
using Lms.Standards.Packages;

namespace Lms.Standards.Tests.Cmi5;

public sealed class ReadingCoursesTests
{
    [Fact]
    public void A_course_with_blocks_in_blocks_keeps_its_order_and_all_its_data()
    {
        var objectives = $"""<objectives><objective id="https://example.org/o/1">{Courses.Texts("Aim")}</objective></objectives>""";
        var aim = """<objectives><objective idref=" https://example.org/o/1 "/></objectives>""";
        var xml = Courses.Course(
            Courses.Unit("https://example.org/au/0")
            + Courses.Block("https://example.org/b/1", aim
                + Courses.Unit("https://example.org/au/1", " quiz/start.html?a=1#top ", """moveOn="CompletedAndPassed" masteryScore=" 0.85 " launchMethod="OwnWindow" activityType="https://example.org/type" """,
                    "<launchParameters> a=1,b=2 </launchParameters><entitlementKey> xyz-123 </entitlementKey>", aim)
                + Courses.Block("https://example.org/b/2", Courses.Unit("https://example.org/au/2"))),
            objectives: objectives);

        var course = Courses.Read(xml, "quiz/start.html").Course!;

        Assert.Equal(["https://example.org/au/0", "https://example.org/au/1", "https://example.org/au/2"], course.Units.Select(u => u.Id));
        Assert.Equal([null, 0, 1], course.Units.Select(u => u.Block));
        Assert.Equal([null, 0], course.Blocks.Select(b => b.Parent));
        Assert.Equal("Aim", Assert.Single(course.Objectives).Title["en"]);
        var quiz = course.Units[1];
        Assert.Equal(("quiz/start.html?a=1#top", "quiz/start.html"), (quiz.Url, quiz.File));
        Assert.Equal((MoveOn.CompletedAndPassed, 0.85m, LaunchMethod.OwnWindow), (quiz.MoveOn, quiz.MasteryScore, quiz.LaunchMethod));
        Assert.Equal(("https://example.org/type", "a=1,b=2", "xyz-123"), (quiz.ActivityType, quiz.LaunchParameters, quiz.EntitlementKey));
        Assert.Equal(["https://example.org/o/1"], quiz.Objectives);
        Assert.Equal((MoveOn.NotApplicable, (decimal?)null, LaunchMethod.AnyWindow), (course.Units[0].MoveOn, course.Units[0].MasteryScore, course.Units[0].LaunchMethod));
    }

    [Fact]
    public void A_course_survives_being_kept_as_JSON()
    {
        var course = Courses.Read(Courses.Course(Courses.Block("https://example.org/b/1", Courses.Unit(attributes: """moveOn="Passed" masteryScore="0.5" """)))).Course!;

        var json = JsonSerializer.Serialize(course);
        var again = JsonSerializer.Deserialize<CourseStructure>(json)!;

        Assert.Contains("\"Passed\"", json, StringComparison.Ordinal);
        Assert.Equal(json, JsonSerializer.Serialize(again));
    }

    [Fact] // 6.1.0.0-2
    public void A_course_of_two_thousand_units_is_read()
    {
        var units = string.Concat(Enumerable.Range(0, 2000).Select(n => Courses.Unit($"https://example.org/au/{n}")));

        Assert.Equal(2000, Courses.ReadAlone(Courses.Course(units)).Course!.Units.Count);
    }

    [Fact] // 13.1.0.0-1
    public void White_space_around_every_value_is_removed()
    {
        var xml = Courses.Course(Courses.Unit(" https://example.org/au/1\n", "\n  https://content.example.org/a  \n", """ moveOn=" Passed " """), " https://example.org/course/1 ")
            .Replace("A title", "\n   A title ", StringComparison.Ordinal);

        var course = Courses.ReadAlone(xml).Course!;

        Assert.Equal(("https://example.org/course/1", "A title"), (course.Id, course.Title["en"]));
        Assert.Equal(("https://example.org/au/1", "https://content.example.org/a", MoveOn.Passed), (course.Units[0].Id, course.Units[0].Url, course.Units[0].MoveOn));
    }

    [Theory] // 3.0.0.0-1 (d)
    [InlineData("course")]
    [InlineData("objective")]
    [InlineData("block")]
    [InlineData("au")]
    [InlineData("idref")]
    [InlineData("activityType")]
    public void An_identifier_without_a_scheme_is_refused(string where)
    {
        string Id(string what) => where == what ? "w3id.org/xapi/1" : "https://example.org/" + what;
        var xml = Courses.Course(
            Courses.Block(Id("block"), Courses.Unit(Id("au"), attributes: $"activityType=\"{Id("activityType")}\"", before: $"<objectives><objective idref=\"{Id(where == "idref" ? "idref" : "objective")}\"/></objectives>")),
            Id("course"), $"<objectives><objective id=\"{Id("objective")}\">{Courses.Texts()}</objective></objectives>");

        var reading = Courses.ReadAlone(xml);

        Assert.Null(reading.Course);
        Assert.All(reading.Findings.Where(f => f.Severity == Severity.Error), f => Assert.Equal("cmi5-3.0.0.0-1", f.Code));
        Assert.Contains(reading.Findings, f => f.Place.EndsWith(where is "idref" or "activityType" ? "@" + where : $"{where}@id", StringComparison.Ordinal));
    }

    [Theory] // 13.1.2.0-1 (d), 13.1.3.0-1 (d), 13.1.4.0-1 (d)
    [InlineData("block", "13.1.2.0-1", "courseStructure/block[2]@id")]
    [InlineData("objective", "13.1.3.0-1", "courseStructure/objectives/objective[2]@id")]
    [InlineData("au", "13.1.4.0-1", "courseStructure/block[2]/au@id")]
    public void An_identifier_used_twice_is_refused(string what, string requirement, string place)
    {
        string Id(string kind, int n) => $"https://example.org/{kind}/{(kind == what ? 1 : n)}";
        var objectives = string.Concat(Enumerable.Range(1, 2).Select(n => $"<objective id=\"{Id("objective", n)}\">{Courses.Texts()}</objective>"));
        var xml = Courses.Course(string.Concat(Enumerable.Range(1, 2).Select(n => Courses.Block(Id("block", n), Courses.Unit(Id("au", n))))), objectives: $"<objectives>{objectives}</objectives>");

        var error = Courses.ReadAlone(xml).OneError();

        Assert.Equal(("cmi5-" + requirement, "cmi5.xml/" + place), (error.Code, error.Place));
    }

    [Theory] // 14.2.0.0-1 (d)
    [InlineData("index.html")]
    [InlineData("path/1/index.html?abc=def")]
    [InlineData("/index.html")]
    [InlineData("//content.example.org/index.html")]
    public void A_relative_address_is_refused_where_there_is_no_package(string url) =>
        Assert.Equal("cmi5-14.2.0.0-1", Courses.ReadAlone(Courses.Course(Courses.Unit(url: url))).OneError().Code);

    [Theory] // 14.1.0.0-3 (d), 14.1.0.0-4 (d)
    [InlineData("not-found.html")]
    [InlineData("../index.html")]
    [InlineData("a/%2e%2e/../../index.html")]
    [InlineData("//content.example.org/index.html")]
    [InlineData("?a=b")]
    public void A_relative_address_of_no_file_is_refused(string url) =>
        Assert.Equal("cmi5-14.1.0.0-4", Courses.Read(Courses.Course(Courses.Unit(url: url)), "index.html").OneError().Code);

    [Theory]
    [InlineData("index.html", "index.html")]
    [InlineData("/index.html?x=1", "index.html")]
    [InlineData("./a/../INDEX.html#part", "index.html")]
    [InlineData("my%20lesson/le%C3%A7on.html", "my lesson/leçon.html")]
    [InlineData("my lesson/leçon.html", "my lesson/leçon.html")]
    [InlineData("my lesson\\leçon.html", "my lesson/leçon.html")]
    [InlineData("https://content.example.org/index.html", null)]
    public void A_package_may_mix_its_files_with_full_addresses(string url, string? file) =>
        Assert.Equal(file, Courses.Read(Courses.Course(Courses.Unit(url: url)), "index.html", "my lesson/leçon.html").Course!.Units[0].File);

    [Theory] // 8.1.0.0-6 (d)
    [InlineData("endpoint")]
    [InlineData("fetch")]
    [InlineData("actor")]
    [InlineData("registration")]
    [InlineData("activityId")]
    [InlineData("activity%49d")]
    public void A_query_with_a_launch_parameter_is_refused(string name)
    {
        var error = Courses.ReadAlone(Courses.Course(Courses.Unit(url: $"https://content.example.org/?a=1&amp;{name}=x"))).OneError();

        Assert.Equal(("cmi5-8.1.0.0-6", "cmi5.xml/courseStructure/au/url"), (error.Code, error.Place));
    }

    [Theory] // 13.1.4.0-2 (d)
    [InlineData("http://example.com index.html")]
    [InlineData("http://")]
    [InlineData("http:example.com")]
    [InlineData("https://example.com/%zz")]
    [InlineData("https://example.com/{id}")]
    [InlineData("javascript:alert(1)")]
    [InlineData("javascript://%0aalert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.com/course/index.html")]
    [InlineData("C:\\course\\index.html")]
    public void An_address_that_is_no_URL_is_refused(string url) =>
        Assert.Equal("cmi5-13.1.4.0-2", Courses.ReadAlone(Courses.Course(Courses.Unit(url: url))).OneError().Code);

    [Fact]
    public void A_unit_may_be_an_application_of_its_own_protocol() =>
        Assert.NotNull(Courses.ReadAlone(Courses.Course(Courses.Unit(url: "trainer://content.example.org/1"))).Course);

    public static TheoryData<string, string> Broken => new()
    {
        { "no title", Courses.Course(Courses.Unit().Replace("<title><langstring lang=\"en\">A title</langstring></title>", "", StringComparison.Ordinal)) },
        { "url first", Courses.Course("<au id=\"https://example.org/1\"><url>https://example.org/</url>" + Courses.Texts() + "</au>") },
        { "two urls", Courses.Course(Courses.Unit(more: "<url>https://example.org/</url>")) },
        { "no url", Courses.Course("<au id=\"https://example.org/1\">" + Courses.Texts() + "</au>") },
        { "empty url", Courses.Course(Courses.Unit(url: "  ")) },
        { "no unit", Courses.Course("") },
        { "empty block", Courses.Course(Courses.Block("https://example.org/b", "") + Courses.Unit()) },
        { "no id", Courses.Course(Courses.Unit().Replace("id=\"https://example.org/au/1\"", "", StringComparison.Ordinal)) },
        { "empty text", Courses.Course(Courses.Unit().Replace("<langstring lang=\"en\">A title</langstring>", "", StringComparison.Ordinal)) },
        { "unknown element", Courses.Course(Courses.Unit(more: "<prerequisites/>")) },
        { "unknown attribute", Courses.Course(Courses.Unit(attributes: "scaled=\"1\"")) },
        { "moveOn", Courses.Course(Courses.Unit(attributes: "moveOn=\"Always\"")) },
        { "moveOn by number", Courses.Course(Courses.Unit(attributes: "moveOn=\"1\"")) },
        { "launchMethod", Courses.Course(Courses.Unit(attributes: "launchMethod=\"anywindow\"")) },
        { "masteryScore above 1", Courses.Course(Courses.Unit(attributes: "masteryScore=\"80\"")) },
        { "masteryScore below 0", Courses.Course(Courses.Unit(attributes: "masteryScore=\"-0.1\"")) },
        { "masteryScore with a comma", Courses.Course(Courses.Unit(attributes: "masteryScore=\"0,8\"")) },
        { "masteryScore with an exponent", Courses.Course(Courses.Unit(attributes: "masteryScore=\"8e-1\"")) },
        { "language", Courses.Course(Courses.Unit().Replace("lang=\"en\"", "lang=\"en_US!\"", StringComparison.Ordinal)) },
        { "stray text", Courses.Course(Courses.Unit() + "hello") },
        { "another namespace", Courses.Course(Courses.Unit(), ns: "https://example.org/cmi5") },
        { "no namespace", Courses.Course(Courses.Unit(), ns: "") },
    };

    [Theory, MemberData(nameof(Broken))] // 4.4.0.0-1 (d), 4.4.0.0-2 (d), 6.1.0.0-3, 13.2.0.0-1 (d)
    public void A_structure_that_breaks_the_schema_is_refused(string what, string xml)
    {
        var reading = Courses.ReadAlone(xml);

        Assert.Null(reading.Course);
        Assert.Contains(reading.Findings, f => f is { Severity: Severity.Error, Code: "cmi5-13.2.0.0-1" } && f.Place.StartsWith("cmi5.xml/", StringComparison.Ordinal));
        Assert.NotEmpty(what);
    }

    [Fact] // 13.1.5
    public void Extensions_are_passed_over_and_named()
    {
        const string more = """<v:extra xmlns:v="https://example.org/v"><v:deep><title/></v:deep></v:extra>""";
        var reading = Courses.ReadAlone(Courses.Course(Courses.Unit(attributes: "v:stars=\"5\" xmlns:v=\"https://example.org/v\"", more: more) + more, courseMore: more));

        Assert.NotNull(reading.Course);
        Assert.Equal(Severity.Information, Assert.Single(reading.Findings).Severity);
    }

    [Theory] // 13.1.5.0-2 (d)
    [InlineData("""<v:extra xmlns:v="https://example.org/v"/>""")]
    [InlineData("""<extra xmlns=""/>""")]
    public void Extensions_that_break_the_structure_are_refused(string extension) =>
        Assert.Equal("cmi5-13.1.5.0-2", Courses.ReadAlone(Courses.Course(Courses.Unit(before: extension))).OneError().Code);

    [Theory]
    [InlineData("""<objectives><objective idref="https://example.org/o/none"/></objectives>""", "", "https://example.org/course/1")]
    [InlineData("", "masteryScore=\"0.66667\"", "https://example.org/course/1")]
    [InlineData("", "", "https://example.org/au/1")]
    public void What_can_be_tracked_all_the_same_is_a_warning(string before, string attributes, string courseId)
    {
        var reading = Courses.ReadAlone(Courses.Course(Courses.Unit(attributes: attributes, before: before), courseId));

        Assert.NotNull(reading.Course);
        Assert.Equal(Severity.Warning, Assert.Single(reading.Findings).Severity);
    }

    [Fact]
    public void All_findings_come_at_once()
    {
        var reading = Courses.ReadAlone(Courses.Course(Courses.Unit("au", "a b") + Courses.Unit("au2", "c"), "course"));

        Assert.Equal(5, reading.Findings.Count);
    }
}
