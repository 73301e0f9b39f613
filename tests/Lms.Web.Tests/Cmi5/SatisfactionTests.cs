using System.Net;
using System.Text.Json.Nodes;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Cmi5;

/// <summary>moveOn, and what follows from it.</summary>
[Collection<Cmi5Collection>]
public sealed class SatisfactionTests(Cmi5Site site)
{
    [Fact] // 9.3.3.0-3, 9.3.4.0-4, 9.3.9.0-1, 9.3.9.0-2, 9.3.9.0-3, 9.3.9.0-4, 9.3.9.0-5, 9.3.9.0-6, 9.3.9.0-7, 9.3.9.0-8, 9.3.9.0-9, 9.6.2.3-2
    public async Task Blocks_and_the_course_are_satisfied_from_the_inside_out_and_once()
    {
        var (outer, inner, courseId) = (CourseXml.Id("block"), CourseXml.Id("block"), CourseXml.Id("course"));
        var package = await site.ImportAsync(CourseXml.Course(
            CourseXml.Block(outer, CourseXml.Unit("moveOn=\"Completed\"") + CourseXml.Block(inner, CourseXml.Unit("moveOn=\"Passed\""))), courseId));
        using var first = await (await site.LaunchAsync(package)).BeginAsync();
        (await first.SayAsync("completed")).Expect(204);
        (await first.SayAsync("terminated")).Expect(204);

        using var second = await (await site.LaunchAsync(package, 1, first.Registration)).BeginAsync();
        (await second.SayAsync("passed", 0.5)).Expect(204);
        (await second.SayAsync("terminated")).Expect(204);
        using var third = await (await site.LaunchAsync(package, 1, first.Registration)).BeginAsync();

        Assert.Equal("launched initialized completed terminated launched initialized passed satisfied satisfied satisfied terminated launched initialized", await site.VerbsAsync(first.Registration));
        var satisfied = (await site.StatementsAsync(first.Registration)).Where(s => ((string)s["verb"]!["id"]!).EndsWith("satisfied", StringComparison.Ordinal)).ToList();
        Assert.Equal([inner, outer, courseId], satisfied.Select(s => (string)s["context"]!["contextActivities"]!["grouping"]![0]!["id"]!));
        Assert.All(satisfied, s => Assert.Equal(second.Session, (string?)s["context"]!["extensions"]![AuByHand.SessionExtension]));
        var report = await site.ReportAsync(first.Registration);
        Assert.Equal(("completed", "passed", true), ((string)report["completion"]!, (string)report["success"]!, (bool)report["satisfied"]!));
        Assert.Equal(0.5, (double)report["score"]!["scaled"]!);
        Assert.Equal([true, true], report["activities"]!.AsArray().Select(a => (bool)a!["satisfied"]!));
        Assert.Equal(2, report["activities"]![1]!["tracking"]!["sessions"]!.AsArray().Count);
    }

    [Fact] // 9.6.1.1-3
    public async Task What_asks_for_nothing_is_satisfied_before_the_launch()
    {
        using var au = await site.LaunchAsync(await site.ImportAsync(CourseXml.Course(CourseXml.Block(CourseXml.Id("block"), CourseXml.Unit("")))));

        Assert.Equal("satisfied satisfied launched", await site.VerbsAsync(au.Registration));
        var statements = await site.StatementsAsync(au.Registration);
        Assert.NotEqual((string?)statements[2]["context"]!["extensions"]![AuByHand.SessionExtension], (string?)statements[0]["context"]!["extensions"]![AuByHand.SessionExtension]);
    }

    [Fact]
    public async Task A_unit_that_was_failed_is_not_satisfied_and_can_be_passed_later()
    {
        var package = await site.ImportAsync(CourseXml.Course(CourseXml.Unit("moveOn=\"Passed\" masteryScore=\"0.8\"")));
        using var first = await (await site.LaunchAsync(package)).BeginAsync();
        (await first.SayAsync("failed", 0.4)).Expect(204);
        var report = await site.ReportAsync(first.Registration);
        Assert.Equal(("incomplete", "failed", 0.4), ((string)report["completion"]!, (string)report["success"]!, (double)report["score"]!["scaled"]!));

        using var second = await (await site.LaunchAsync(package, registration: first.Registration)).BeginAsync();
        (await second.SayAsync("passed", 0.9)).Expect(204);

        report = await site.ReportAsync(first.Registration);
        Assert.Equal(("completed", "passed", 0.9), ((string)report["completion"]!, (string)report["success"]!, (double)report["score"]!["scaled"]!));
    }

    [Fact] // 9.3.7.0-1, 9.3.7.0-2, 9.3.7.0-3, 9.3.7.0-4, 9.3.7.0-4 (d), 9.3.0.0-11, 9.3.0.0-11 (d1), 9.5.2.0-1 (d2), 9.5.3.0-1 (d2), 9.5.5.2-1
    public async Task A_unit_is_waived_once_with_its_reason()
    {
        var package = await site.ImportAsync(CourseXml.Course(CourseXml.Unit()));
        using var au = await (await site.LaunchAsync(package)).BeginAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await site.PostAsync($"registrations/{au.Registration}/waive", new { activityIndex = 0, reason = " " })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await site.PostAsync($"registrations/{au.Registration}/waive", new { activityIndex = 5, reason = "Tested Out" })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await site.PostAsync($"registrations/{au.Registration}/waive", new { activityIndex = 0, reason = "Tested Out" })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await site.PostAsync($"registrations/{au.Registration}/waive", new { activityIndex = 0, reason = "Tested Out" })).Status);

        Assert.Equal("launched initialized waived satisfied", await site.VerbsAsync(au.Registration));
        var statements = await site.StatementsAsync(au.Registration);
        Assert.Equal("Tested Out", (string?)statements[2]["result"]!["extensions"]!["https://w3id.org/xapi/cmi5/result/extensions/reason"]);
        Assert.NotEqual(au.Session, (string?)statements[2]["context"]!["extensions"]![AuByHand.SessionExtension]);
        Assert.True((bool)(await site.ReportAsync(au.Registration))["satisfied"]!);
    }

    [Fact]
    public async Task A_learner_on_a_course_of_this_system_completes_it_by_the_unit()
    {
        var package = await site.ImportAsync(CourseXml.Course(CourseXml.Unit("moveOn=\"Completed\"")));
        using var ana = await site.Site.SignedInAsync();
        using var enrolled = await ana.PostAsync("/learn/enrol/" + (string)package["course"]!, await AntiforgeryAsync(ana, (string)package["course"]!));
        var enrolment = await site.Site.ReadAsync(db => db.Enrolments.SingleAsync(e => e.LearnerId == ana.PersonId));
        using var opened = await ana.GetAsync($"/packages/open/{enrolment.Id}");
        using var launched = await ana.GetAsync(opened.Headers.Location!.ToString());
        using var au = await new AuByHand(site.Site.Address, launched.Headers.Location!).BeginAsync();

        Assert.Equal(enrolment.Id, au.Registration);
        Assert.Equal(new Uri(site.Site.Address, $"/learn/{enrolment.Id}").ToString(), (string?)au.Data["returnURL"]);
        Assert.Equal("en", (string?)(await au.ReadPreferencesAsync()).Expect(200).Node["languagePreference"]);
        (await au.SayAsync("completed")).Expect(204);

        Assert.NotNull(await site.Site.ReadAsync(db => db.Enrolments.Where(e => e.Id == enrolment.Id).Select(e => e.CompletedAt).SingleAsync()));
        Assert.EndsWith("completed", await site.VerbsAsync(enrolment.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_see_why_a_unit_is_not_done_and_waive_it()
    {
        var package = await site.ImportAsync(CourseXml.Course(CourseXml.Unit("moveOn=\"CompletedAndPassed\"")));
        using var au = await (await site.LaunchAsync(package)).BeginAsync();
        (await au.SayAsync("completed")).Expect(204);
        using var instructor = await site.Site.SignedInAsync(Role.Instructor);
        var path = $"/packages/registrations/{au.Registration}/units";

        var page = await instructor.PageAsync(path);
        Assert.Contains("It has not said that it was passed.", page.Body!.TextContent, StringComparison.Ordinal);
        using var refused = await instructor.SubmitAsync(path, new() { ["reason"] = " " }, "handler=Waive");
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        using var waived = await instructor.SubmitAsync(path, new() { ["reason"] = "Administrative" }, "handler=Waive");
        Assert.Equal(HttpStatusCode.Redirect, waived.StatusCode);
        using var abandoned = await instructor.SubmitAsync(path, null, "handler=Abandon");
        Assert.Equal(HttpStatusCode.Redirect, abandoned.StatusCode);

        Assert.Equal("launched initialized completed waived satisfied abandoned", await site.VerbsAsync(au.Registration));
        Assert.Equal(instructor.PersonId, await site.Site.ReadAsync(db => db.UnitRecords.Where(r => r.RegistrationId == au.Registration).Select(r => r.WaivedBy).SingleAsync()));
        Assert.Contains("Administrative", (await instructor.PageAsync(path)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_of_another_centre_see_nothing_and_auditors_change_nothing()
    {
        using var au = await (await site.LaunchAsync(await site.ImportAsync(CourseXml.Course(CourseXml.Unit())))).BeginAsync();
        var path = $"/packages/registrations/{au.Registration}/units";
        var centre = await site.Site.AddCentreAsync();
        using var stranger = await site.Site.SignedInAsync(Role.Instructor, centre.Id);
        using var auditor = await site.Site.SignedInAsync(Role.Auditor);

        using var hidden = await stranger.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        var page = await auditor.PageAsync(path);
        Assert.Empty(page.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task What_a_course_of_units_is_worth_survives_a_new_version()
    {
        var (unit, course) = (CourseXml.Id("au"), CourseXml.Id("course"));
        var package = await site.ImportAsync(CourseXml.Course(CourseXml.Unit("moveOn=\"Completed\"", id: unit) + CourseXml.Unit("moveOn=\"Completed\""), course));
        using var au = await (await site.LaunchAsync(package)).BeginAsync();
        (await au.SayAsync("completed")).Expect(204);
        using var upload = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(CourseXml.Course(CourseXml.Unit("moveOn=\"Completed\"", id: unit, url: "https://content.example.org/new.html"), course)));
        using var imported = await site.Api.PostAsync(new Uri($"packages/{package["id"]}/versions?updatePolicy=Always", UriKind.Relative), upload);
        Assert.True(imported.IsSuccessStatusCode, await imported.Content.ReadAsStringAsync());

        using var again = await site.LaunchAsync(package, registration: au.Registration);

        Assert.Equal(au.ActivityId, again.ActivityId);
        Assert.Contains("new.html", again.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.True((bool)(await site.ReportAsync(au.Registration))["satisfied"]!);
    }

    [Fact]
    public async Task A_plain_xAPI_package_is_launched_and_tracked_by_what_it_says_of_itself()
    {
        using var zip = new MemoryStream();
        await using (var archive = new System.IO.Compression.ZipArchive(zip, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            await using (var writer = new StreamWriter(await archive.CreateEntry("tincan.xml").OpenAsync()))
                await writer.WriteAsync($"""<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities><activity id="{CourseXml.Id("golf")}" type="http://adlnet.gov/expapi/activities/course"><name>Golf</name><launch lang="en">start.html</launch></activity></activities></tincan>""");
            await using (var writer = new StreamWriter(await archive.CreateEntry("start.html").OpenAsync())) await writer.WriteAsync("<title>Golf</title>");
        }
        var package = await site.ImportAsync(zip.ToArray(), "application/zip");
        using var au = await site.LaunchAsync(package);
        au.Use(System.Text.Encoding.ASCII.GetString(Convert.FromBase64String(au["auth"]!["Basic ".Length..])));
        var statement = new JsonObject
        {
            ["actor"] = JsonNode.Parse(au.Actor), ["verb"] = new JsonObject { ["id"] = "http://adlnet.gov/expapi/verbs/passed" }, ["object"] = new JsonObject { ["id"] = au["activity_id"] },
            ["result"] = new JsonObject { ["score"] = new JsonObject { ["scaled"] = 0.9 }, ["completion"] = true }, ["context"] = new JsonObject { ["registration"] = au.Registration.ToString() },
        };
        var stranger = statement.DeepClone();
        stranger["actor"]!["account"]!["name"] = "8";

        Assert.EndsWith("/xapi/", au.Endpoint, StringComparison.Ordinal);
        (await au.Lrs.PutAsync(Lrs.At("activities/state", ("activityId", au["activity_id"]), ("agent", au.Actor), ("stateId", "resume")), "{}")).Expect(204);
        Assert.Equal("actor", AuByHand.Breach(await au.Lrs.PostAsync("statements", stranger.ToJsonString())));
        (await au.Lrs.PostAsync("statements", statement.ToJsonString())).Expect(200);

        var report = await site.ReportAsync(au.Registration);
        Assert.Equal(("completed", "passed", 0.9), ((string)report["completion"]!, (string)report["success"]!, (double)report["score"]!["scaled"]!));
        var (status, _) = await site.PostAsync($"registrations/{au.Registration}/waive", new { activityIndex = 0, reason = "Tested Out" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
    }

    private static async Task<List<KeyValuePair<string, string>>> AntiforgeryAsync(Browser browser, string slug)
    {
        var page = await browser.PageAsync($"/courses/{slug}");
        return [new("__RequestVerificationToken", page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!)];
    }
}
