using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Learning;

public sealed class VersionTests(LearningSite app) : IClassFixture<LearningSite>
{
    [Fact]
    public async Task A_learner_stays_on_their_version_until_they_move_and_keeps_what_is_done()
    {
        var first = new TestCourse { Lessons = ["one", "two", "three"] };
        await app.PublishAsync(first);
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, first.Id);
        foreach (var slug in new[] { "one", "two" })
            using (await LearningSite.CompleteAsync(ana, enrolment, slug)) { }

        await app.PublishAsync(first with { Version = "1.1", Lessons = ["one", "three", "four"] });
        await ana.PageAsync($"/learn/{enrolment}/two");
        using (await ana.PostAsync($"/learn/enrol/{first.Id}", [await LearningSite.TokenAsync(ana, $"/learn/{enrolment}/two")])) { }
        Assert.Equal(1, await app.Site.ReadAsync(db => db.Enrolments.CountAsync(e => e.LearnerId == ana.PersonId)));

        using (await ana.SubmitAsync("/learn", action: "handler=Move")) { }

        var moved = await app.EnrolmentAsync(enrolment);
        Assert.Equal("1.1", (await app.CourseAsync(moved.CourseVersionId)).Row.Number);
        Assert.Equal(["one"], moved.Completions.Select(c => c.Lesson));
        Assert.Equal(33, moved.Percent);
        await ana.PageAsync($"/learn/{enrolment}/four");
        Assert.Equal(2, (await app.VerbsAsync(enrolment)).Count(v => v == "registered"));
    }

    [Fact]
    public async Task Moving_to_a_version_whose_lessons_are_all_done_completes_the_course()
    {
        var first = new TestCourse { Lessons = ["one", "two"], Certificate = true };
        await app.PublishAsync(first);
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, first.Id);
        using (await LearningSite.CompleteAsync(ana, enrolment, "one")) { }
        await app.PublishAsync(first with { Version = "1.1", Lessons = ["one"] });

        using (await ana.SubmitAsync("/learn", action: "handler=Move")) { }
        await app.Site.RunJobsAsync();

        Assert.NotNull((await app.EnrolmentAsync(enrolment)).CompletedAt);
        Assert.Equal(1, await app.Site.ReadAsync(db => db.Certificates.CountAsync(c => c.EnrolmentId == enrolment)));
    }

    [Fact]
    public async Task A_new_major_version_is_a_new_enrolment_and_the_old_one_stays_as_a_record()
    {
        var first = new TestCourse { Lessons = ["one"] };
        await app.PublishAsync(first);
        using var ana = await app.Site.SignedInAsync();
        var old = await LearningSite.EnrolAsync(ana, first.Id);
        await app.PublishAsync(first with { Version = "2.0" });

        using var reply = await ana.SubmitAsync("/learn", action: $"/learn/enrol/{first.Id}");

        var started = Guid.Parse(reply.Headers.Location!.ToString().Split('/')[2]);
        Assert.NotEqual(old, started);
        Assert.NotNull((await app.EnrolmentAsync(old)).ReplacedAt);
        var page = await ana.PageAsync($"/learn/{old}/one");
        Assert.Null(page.QuerySelector("form[action*='handler=Complete'] button"));
        Assert.NotNull((await ana.PageAsync("/learn")).QuerySelector($"a[href='/learn/{old}']"));
    }

    [Fact]
    public async Task Who_has_completed_a_course_keeps_it_when_a_minor_version_comes()
    {
        var first = new TestCourse { Lessons = ["one"] };
        await app.PublishAsync(first);
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, first.Id);
        using (await LearningSite.CompleteAsync(ana, enrolment, "one")) { }
        await app.PublishAsync(first with { Version = "1.1", Lessons = ["one", "two"] });

        using var reply = await ana.PostAsync($"/learn/enrol/{first.Id}", [await LearningSite.TokenAsync(ana, $"/learn/{enrolment}/one")]);

        Assert.Equal($"/learn/{enrolment}", reply.Headers.Location!.ToString());
        Assert.NotNull((await app.EnrolmentAsync(enrolment)).CompletedAt);
        Assert.Null((await ana.PageAsync("/learn")).QuerySelector("form[action*='handler=Move']"));
    }
}
