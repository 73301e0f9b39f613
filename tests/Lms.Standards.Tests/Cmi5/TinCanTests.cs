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
}
