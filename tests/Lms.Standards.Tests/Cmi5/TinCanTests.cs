using System.Text.Json;
using System.Xml.Linq;
using Lms.Standards.Cmi5.TinCan;
using Lms.Standards.Packages;

namespace Lms.Standards.Tests.Cmi5;

public sealed class TinCanTests
{
    private static TinCanReading Read(string activities) =>
        TinCanReader.Read(XDocument.Parse($"""<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>{activities}</activities></tincan>"""), path => path == "start.html" ? path : null);

    [Fact]
    public void A_package_names_its_activities_and_where_the_first_starts()
    {
        var package = Read("""
            <activity id="https://example.org/course" type="http://adlnet.gov/expapi/activities/course">
              <name>Golf</name><description lang="en-US">About golf</description><launch lang="en-us"> start.html?x=1 </launch>
            </activity>
            <activity id="https://example.org/quiz" type="http://adlnet.gov/expapi/activities/question"><name lang="en">Quiz</name></activity>
            """).Package!;

        Assert.Equal([0], package.Launchable);
        Assert.Equal(("start.html?x=1", "start.html"), (package.Activities[0].Launch, package.Activities[0].File));
        Assert.Equal(("Golf", "About golf"), (package.Activities[0].Name["und"], package.Activities[0].Description["en-US"]));
    }

    [Theory]
    [InlineData("""<activity id="https://example.org/course"><name>Golf</name></activity>""", "tincan-launch")]
    [InlineData("", "tincan-launch")]
    [InlineData("""<activity id="golf"><launch>start.html</launch></activity>""", "tincan-id")]
    [InlineData("""<activity id="https://example.org/course"><launch>gone.html</launch></activity>""", "tincan-14.1.0.0-4")]
    public void A_package_that_can_not_be_launched_is_refused(string activities, string code)
    {
        var reading = Read(activities);

        Assert.Null(reading.Package);
        Assert.Equal(code, Assert.Single(reading.Findings, f => f.Severity == Severity.Error).Code);
    }

    [Fact]
    public void A_package_as_a_course_asks_for_what_can_be_launched()
    {
        var course = Read("""
            <activity id="https://example.org/course"><name>Golf</name><launch>start.html</launch></activity>
            <activity id="https://example.org/quiz"><name>Quiz</name></activity>
            """).Package!.AsCourse();

        Assert.Equal([false, true], Lms.Standards.Cmi5.Satisfaction.Of(course, _ => default).Units);
        Assert.True(Lms.Standards.Cmi5.Satisfaction.Of(course, unit => new(unit == 0, false, false)).Course);
    }

    [Theory]
    [InlineData("completed", "", true, null)]
    [InlineData("passed", ""","result":{"score":{"scaled":0.8},"completion":true}""", true, true)]
    [InlineData("failed", "", false, false)]
    [InlineData("exited", ""","result":{"success":true}""", false, true)]
    public void A_statement_about_the_launched_activity_counts(string verb, string more, bool completed, bool? passed)
    {
        var outcome = TinCanStatements.Outcome(Statement(verb, "https://example.org/course", more), "https://example.org/course")!;

        Assert.Equal((completed, passed), (outcome.Completed, outcome.Passed));
    }

    [Fact]
    public void Other_statements_do_not_count()
    {
        Assert.Null(TinCanStatements.Outcome(Statement("completed", "https://example.org/course/slide"), "https://example.org/course"));
        Assert.Null(TinCanStatements.Outcome(Statement("experienced", "https://example.org/course"), "https://example.org/course"));
    }

    [Fact]
    public void Content_speaks_of_its_learner_and_registration_alone()
    {
        var registration = Guid.NewGuid();
        SessionRefused("actor", Statement("completed", "https://example.org/course"), "account|https://lms.example.org|8", registration);
        SessionRefused("registration", Statement("completed", "https://example.org/course", $$""","context":{"registration":"{{Guid.NewGuid()}}"}"""), "account|https://lms.example.org|7", registration);
        SessionRefused("voiding", Statement("voided", "https://example.org/course"), "account|https://lms.example.org|7", registration);
        SessionRefused(null, Statement("completed", "https://example.org/course", $$""","context":{"registration":"{{registration}}"}"""), "account|https://lms.example.org|7", registration);
        SessionRefused(null, Statement("completed", "https://example.org/course"), "account|https://lms.example.org|7", registration);
    }

    private static void SessionRefused(string? rule, JsonElement statement, string actor, Guid registration) =>
        Assert.Equal(rule, TinCanStatements.Breach(statement, actor, registration)?.Requirement);

    private static JsonElement Statement(string verb, string activity, string more = "") => JsonDocument.Parse($$"""
        {"actor":{"account":{"homePage":"https://lms.example.org","name":"7"} },"verb":{"id":"http://adlnet.gov/expapi/verbs/{{verb}}"},"object":{"id":"{{activity}}"}{{more}}}
        """).RootElement;
}
