using System.Net;
using System.Text;
using System.Text.Json;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Learning;
using Lms.Web.Features.Packages;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Packages;

/// <summary>From a course or another system into a package, and what comes back.</summary>
public sealed class LaunchTests(TestSite site) : IClassFixture<TestSite>
{
    private const string Actor = """{"account":{"homePage":"https://hr.example.org","name":"4711"},"name":"Ana Lima"}""";

    [Fact]
    public async Task Another_systems_learner_opens_a_package_once_without_signing_in()
    {
        using var keeper = await Keeper.OfAsync(site);
        var id = await keeper.ImportedAsync(ImportTests.Unique().Build());
        var (status, launched) = await LaunchAsync(keeper, id, $$"""{"actor":{{Actor}},"returnUrl":"https://hr.example.org/back"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        using var visitor = site.Visitor();
        var url = new Uri(launched.GetProperty("url").GetString()!);
        using var first = await visitor.GetAsync(url.PathAndQuery);
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        using var player = await visitor.GetAsync(first.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, player.StatusCode);
        using var second = await visitor.GetAsync(url.PathAndQuery);
        Assert.Equal("/packages/launch-used", second.Headers.Location!.OriginalString);
        Assert.Contains("used before", (await visitor.PageAsync("/packages/launch-used")).Body!.TextContent, StringComparison.Ordinal);

        var (_, report) = await keeper.SendAsync(HttpMethod.Get, $"/api/v1/registrations/{launched.GetProperty("registration").GetGuid()}");
        Assert.Equal((id, "4711", false), (report.GetProperty("package").GetGuid(), report.GetProperty("actor").GetProperty("account").GetProperty("name").GetString(), report.GetProperty("satisfied").GetBoolean()));
        Assert.Equal(2, report.GetProperty("activities").GetArrayLength());
    }

    [Fact]
    public async Task A_registration_is_gone_on_with_by_its_own_actor_alone()
    {
        using var keeper = await Keeper.OfAsync(site);
        var id = await keeper.ImportedAsync(ImportTests.Unique().Build());
        var registration = Guid.NewGuid();
        var wish = $$"""{"actor":{{Actor}},"registration":"{{registration}}"}""";
        Assert.Equal(registration, (await LaunchAsync(keeper, id, wish)).Body.GetProperty("registration").GetGuid());
        Assert.Equal(HttpStatusCode.OK, (await LaunchAsync(keeper, id, wish)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await LaunchAsync(keeper, id, wish.Replace("4711", "4712", StringComparison.Ordinal))).Status);
        var other = await keeper.ImportedAsync(ImportTests.Unique().Build());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await LaunchAsync(keeper, other, wish)).Status);
    }

    [Theory]
    [InlineData("{}", "actor")]
    [InlineData("""{"actor":{"name":"nobody"}}""", "actor")]
    [InlineData("""{"actor":{"objectType":"Group","member":[{"mbox":"mailto:a@example.org"}]}}""", "actor")]
    [InlineData("""{"actor":ACTOR,"activityIndex":9}""", "activityIndex")]
    [InlineData("""{"actor":ACTOR,"mode":"exam"}""", "mode")]
    [InlineData("""{"actor":ACTOR,"start":"middle"}""", "start")]
    [InlineData("""{"actor":ACTOR,"returnUrl":"javascript:alert(1)"}""", "returnUrl")]
    [InlineData("""{"actor":ACTOR,"returnUrl":"/learn"}""", "returnUrl")]
    public async Task A_wish_that_makes_no_sense_is_refused_by_its_field(string wish, string field)
    {
        using var keeper = await Keeper.OfAsync(site);
        var id = await keeper.ImportedAsync(ImportTests.Unique().Build());
        var (status, body) = await LaunchAsync(keeper, id, wish.Replace("ACTOR", Actor, StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, field), (status, body.GetProperty("findings")[0].GetProperty("field").GetString()));
    }

    [Fact]
    public async Task A_learner_enrols_opens_and_completes_a_package_and_earns_its_certificate()
    {
        using var keeper = await Keeper.OfAsync(site);
        var id = await keeper.ImportedAsync(ImportTests.Unique().Build(), "?certificate=completion");
        using var learner = await site.SignedInAsync();
        var enrolment = await EnrolAsync(keeper, id, learner.PersonId);

        var lesson = await learner.PageAsync($"/learn/{enrolment}/{PackageCourses.LessonId}");
        Assert.Equal($"/packages/open/{enrolment}", lesson.QuerySelector("a.btn[href^='/packages/open']")!.GetAttribute("href"));
        Assert.Null(lesson.QuerySelector("form.dock button"));
        using var forged = await learner.SubmitAsync($"/learn/{enrolment}/{PackageCourses.LessonId}", action: "handler=Complete");
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);

        using var opened = await learner.GetAsync($"/packages/open/{enrolment}");
        using var launched = await learner.GetAsync(opened.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, launched.StatusCode);
        using var stranger = await site.SignedInAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/packages/open/{enrolment}")).StatusCode);

        await RecordAsync(enrolment, new PackageResult(PackageCompletion.Completed, PackageSuccess.Failed));
        Assert.Null((await EnrolmentAsync(enrolment)).CompletedAt);
        await RecordAsync(enrolment, new PackageResult(PackageCompletion.Completed, PackageSuccess.Passed, new PackageScore(0.9, 90, 0, 100)));
        await RecordAsync(enrolment, new PackageResult(PackageCompletion.Completed, PackageSuccess.Passed));
        Assert.NotNull((await EnrolmentAsync(enrolment)).CompletedAt);
        await site.RunJobsAsync();
        Assert.Equal(1, await site.ReadAsync(db => db.Certificates.CountAsync(c => c.EnrolmentId == enrolment)));
    }

    [Theory]
    [InlineData(UpdatePolicy.Pin, false, 1)]
    [InlineData(UpdatePolicy.WhenNotComplete, false, 2)]
    [InlineData(UpdatePolicy.WhenNotComplete, true, 1)]
    [InlineData(UpdatePolicy.Always, false, 2)]
    [InlineData(UpdatePolicy.Always, true, 2)]
    public async Task A_new_version_takes_along_whom_its_policy_says(UpdatePolicy policy, bool complete, int expected)
    {
        using var keeper = await Keeper.OfAsync(site);
        var id = await keeper.ImportedAsync(ImportTests.Unique().Build(), $"?updatePolicy={policy}");
        using var learner = await site.SignedInAsync();
        var enrolment = await EnrolAsync(keeper, id, learner.PersonId);
        await OpenAsync(learner, enrolment);
        if (complete) await RecordAsync(enrolment, new PackageResult(PackageCompletion.Completed, PackageSuccess.Unknown));
        await keeper.SendAsync(HttpMethod.Post, $"/api/v1/packages/{id}/versions", new ByteArrayContent(ImportTests.Unique().Build()));

        await OpenAsync(learner, enrolment);
        var number = await site.ReadAsync(db => db.PackageVersions.Where(v => db.PackageRegistrations.Any(r => r.Id == enrolment && r.PackageVersionId == v.Id)).Select(v => v.Number).SingleAsync());
        Assert.Equal(expected, number);
        // What somebody was certified on does not change behind their back.
        var studied = await site.ReadAsync(db => db.CourseVersions.Where(v => db.Enrolments.Any(e => e.Id == enrolment && e.CourseVersionId == v.Id)).Select(v => v.Minor).SingleAsync());
        Assert.Equal(complete ? 0 : expected - 1, studied);
    }

    [Fact]
    public async Task A_removed_package_opens_no_more_and_its_records_stay()
    {
        using var keeper = await Keeper.OfAsync(site);
        var id = await keeper.ImportedAsync(ImportTests.Unique().Build());
        using var learner = await site.SignedInAsync();
        var enrolment = await EnrolAsync(keeper, id, learner.PersonId);
        await OpenAsync(learner, enrolment);
        await keeper.SendAsync(HttpMethod.Delete, $"/api/v1/packages/{id}");
        Assert.Equal(HttpStatusCode.NotFound, (await learner.GetAsync($"/packages/open/{enrolment}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await learner.GetAsync("/learn")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await learner.GetAsync("/transcript")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await keeper.SendAsync(HttpMethod.Get, $"/api/v1/registrations/{enrolment}")).Status);
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> LaunchAsync(Keeper keeper, Guid package, string wish) =>
        keeper.SendAsync(HttpMethod.Post, $"/api/v1/packages/{package}/launch", new StringContent(wish, Encoding.UTF8, "application/json"));

    private static async Task OpenAsync(Browser learner, Guid enrolment)
    {
        using var opened = await learner.GetAsync($"/packages/open/{enrolment}");
        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        using var launched = await learner.GetAsync(opened.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, launched.StatusCode);
    }

    private async Task<Guid> EnrolAsync(Keeper keeper, Guid package, Guid learner)
    {
        var (_, body) = await keeper.SendAsync(HttpMethod.Get, $"/api/v1/packages/{package}");
        var hub = await site.ReadAsync(db => db.Users.Where(u => u.Id == learner).Select(u => u.CentreId).SingleAsync());
        return (await site.RunAsync(s => s.GetRequiredService<EnrolmentService>().EnrolAsync(body.GetProperty("course").GetString()!, learner, hub, default)))!.Value;
    }

    private Task<Enrolment> EnrolmentAsync(Guid id) => site.ReadAsync(db => db.Enrolments.AsNoTracking().SingleAsync(e => e.Id == id));

    /// <summary>What a player does when content has said how it went.</summary>
    private Task<bool> RecordAsync(Guid registration, PackageResult result) => site.RunAsync(async s =>
    {
        var db = s.GetRequiredService<Lms.Web.Data.LmsDbContext>();
        await s.GetRequiredService<PackageResults>().RecordAsync(await db.PackageRegistrations.SingleAsync(r => r.Id == registration), result, default);
        await db.SaveChangesAsync();
        return true;
    });
}
