using System.Net;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Learning;

public sealed class LessonTests(LearningSite app) : IClassFixture<LearningSite>
{
    [Fact]
    public async Task A_course_without_an_assessment_is_completed_lesson_by_lesson()
    {
        var course = await app.PublishAsync(new TestCourse());
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, course);

        using (var start = await ana.GetAsync($"/learn/{enrolment}")) Assert.EndsWith("/one", start.Headers.Location!.ToString(), StringComparison.Ordinal);
        using (var first = await LearningSite.CompleteAsync(ana, enrolment, "one")) Assert.EndsWith("/two", first.Headers.Location!.ToString(), StringComparison.Ordinal);
        using (var last = await LearningSite.CompleteAsync(ana, enrolment, "two")) Assert.EndsWith("/done", last.Headers.Location!.ToString(), StringComparison.Ordinal);

        await ana.PageAsync($"/learn/{enrolment}/done");
        Assert.Contains("Completed", (await ana.PageAsync("/learn")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["registered", "launched", "initialized", "experienced", "completed", "progressed", "launched", "experienced", "completed", "completed"],
            await app.VerbsAsync(enrolment));
    }

    [Fact]
    public async Task Twenty_completions_at_once_are_one_with_one_message()
    {
        var course = await app.PublishAsync(new TestCourse { Lessons = ["only"], Certificate = true });
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, course);
        var token = await LearningSite.TokenAsync(ana, $"/learn/{enrolment}/only");

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ana.PostAsync($"/learn/{enrolment}/only?handler=Complete", [token])));
        await app.Site.RunJobsAsync();

        Assert.All(replies, r => Assert.Equal(HttpStatusCode.Redirect, r.StatusCode));
        Assert.Single((await app.EnrolmentAsync(enrolment)).Completions);
        Assert.Equal(2, (await app.VerbsAsync(enrolment)).Count(v => v == "completed"));
        // Each message of the completion would have issued one.
        Assert.Equal(1, await app.Site.ReadAsync(db => db.Certificates.CountAsync(c => c.EnrolmentId == enrolment)));
    }

    [Fact]
    public async Task Twenty_enrolments_at_once_are_one()
    {
        var course = await app.PublishAsync(new TestCourse());
        using var ana = await app.Site.SignedInAsync();
        var token = await LearningSite.TokenAsync(ana, $"/courses/{course}");

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ana.PostAsync($"/learn/enrol/{course}", [token])));

        Assert.Single(replies.Select(r => r.Headers.Location!.ToString()).Distinct());
        Assert.Equal(1, await app.Site.ReadAsync(db => db.Enrolments.CountAsync(e => e.LearnerId == ana.PersonId)));
    }

    [Fact]
    public async Task Opening_a_lesson_is_said_once()
    {
        var course = await app.PublishAsync(new TestCourse());
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, course);

        foreach (var slug in new[] { "one", "one", "two", "one", "two" }) await ana.PageAsync($"/learn/{enrolment}/{slug}");

        Assert.Equal(["registered", "launched", "initialized", "experienced", "launched", "experienced"], await app.VerbsAsync(enrolment));
        Assert.Equal("two", (await app.EnrolmentAsync(enrolment)).LastLesson);
    }

    [Fact]
    public async Task Opening_a_lesson_many_times_at_once_is_said_once()
    {
        var course = await app.PublishAsync(new TestCourse());
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, course);

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ana.GetAsync($"/learn/{enrolment}/one")));

        Assert.All(replies, r => Assert.Equal(HttpStatusCode.OK, r.StatusCode));
        Assert.Equal(["registered", "launched", "initialized", "experienced"], await app.VerbsAsync(enrolment));
    }

    [Fact]
    public async Task A_lesson_waits_for_what_it_builds_on()
    {
        var course = await app.PublishAsync(new TestCourse { Needs = new Dictionary<string, string> { ["two"] = "one" }, Body = "The body of SLUG." });
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, course);

        var locked = await ana.PageAsync($"/learn/{enrolment}/two");
        Assert.Contains("Lesson one", locked.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("The body of two", locked.Body!.TextContent, StringComparison.Ordinal);
        using (await ana.PostAsync($"/learn/{enrolment}/two?handler=Complete", [await LearningSite.TokenAsync(ana, $"/learn/{enrolment}/one")])) { }
        Assert.Empty((await app.EnrolmentAsync(enrolment)).Completions);

        using (await LearningSite.CompleteAsync(ana, enrolment, "one")) { }
        Assert.Contains("The body of two", (await ana.PageAsync($"/learn/{enrolment}/two")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_another_learner_do_not_exist()
    {
        var course = await app.PublishAsync(new TestCourse());
        using var ana = await app.Site.SignedInAsync();
        using var ben = await app.Site.SignedInAsync();
        using var manager = await app.Site.SignedInAsync(Features.Identity.Role.HubManager);
        var enrolment = await LearningSite.EnrolAsync(ana, course);
        var own = await LearningSite.EnrolAsync(ben, course);

        foreach (var other in new[] { ben, manager })
            foreach (var path in new[] { "", "/one", "/done", "/assessment" })
                using (var reply = await other.GetAsync($"/learn/{enrolment}{path}")) Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        using var post = await ben.PostAsync($"/learn/{enrolment}/one?handler=Complete", [await LearningSite.TokenAsync(ben, $"/learn/{own}/one")]);
        Assert.Equal(HttpStatusCode.NotFound, post.StatusCode);
        Assert.Empty((await app.EnrolmentAsync(enrolment)).Completions);
    }

    [Fact]
    public async Task A_lesson_is_read_in_the_language_that_one_chooses()
    {
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, "hygiene");

        var french = await ana.PageAsync($"/learn/{enrolment}/hands?lang=fr");

        Assert.Equal("fr", french.QuerySelector("h1")!.GetAttribute("lang"));
        Assert.Equal("en", french.DocumentElement.GetAttribute("lang"));
        Assert.NotNull(french.QuerySelector("a[href$='/gowns?lang=fr']"));
        Assert.NotNull(french.QuerySelector(".notice h2#unverified"));
        Assert.Contains("2.20", french.QuerySelector("section.ref")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transcript_is_read_by_its_owner_and_by_staff_of_their_centre()
    {
        var centre = await app.Site.AddCentreAsync();
        var elsewhere = await app.Site.AddCentreAsync();
        using var ana = await app.Site.SignedInAsync(centre: centre.Id, name: "Ana of the transcript");
        var course = await app.PublishAsync(new TestCourse { Lessons = ["only"], Certificate = true });
        var enrolment = await LearningSite.EnrolAsync(ana, course);
        using (await LearningSite.CompleteAsync(ana, enrolment, "only")) { }

        var own = (await ana.PageAsync("/transcript")).Body!;
        Assert.Contains("Ana of the transcript", own.TextContent, StringComparison.Ordinal);
        Assert.Contains("Lesson only", own.TextContent, StringComparison.Ordinal);
        Assert.NotNull(own.QuerySelector($"a[href='/certificates/of/{enrolment}']"));

        using var manager = await app.Site.SignedInAsync(Features.Identity.Role.CentreManager, centre.Id);
        using var stranger = await app.Site.SignedInAsync(Features.Identity.Role.CentreManager, elsewhere.Id);
        await manager.PageAsync($"/transcript/{ana.PersonId}");
        using var refused = await stranger.GetAsync($"/transcript/{ana.PersonId}");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }
}
