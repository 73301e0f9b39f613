using System.Net;
using Lms.Web.Jobs;
using Lms.Web.Tests.Learning;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Assessment;

public sealed class AssessmentTests(LearningSite app) : IClassFixture<LearningSite>
{
    private static TestCourse Course(string assessment = "pass: 80\nattempts: 2\nblueprint: { one-o1: 2, two-o1: 1 }", string? critical = null) => new()
    {
        Assessment = assessment,
        Bank = TestCourse.Choices("one-o1", 5, critical) + TestCourse.Choices("two-o1", 3, critical),
        Certificate = true,
    };

    [Fact]
    public async Task The_whole_journey_ends_with_a_completed_course()
    {
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, await app.PublishAsync(Course()));
        using (await LearningSite.CompleteAsync(ana, enrolment, "one")) { }
        using (var last = await LearningSite.CompleteAsync(ana, enrolment, "two")) Assert.EndsWith("/assessment", last.Headers.Location!.ToString(), StringComparison.Ordinal);

        var attempt = await LearningSite.StartAsync(ana, enrolment);
        for (var position = 1; position <= 3; position++)
            using (await app.AnswerAsync(ana, enrolment, attempt, position, LearningSite.Right)) { }
        using (await LearningSite.SubmitAsync(ana, enrolment, attempt)) { }
        await app.Site.RunJobsAsync();

        var result = await ana.PageAsync($"/learn/{enrolment}/assessment/{attempt}/result");
        Assert.Contains("100", result.QuerySelector(".score strong")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, result.QuerySelectorAll(".q .answer.good .why").Length);
        Assert.NotNull((await app.EnrolmentAsync(enrolment)).CompletedAt);
        Assert.Equal(1, await app.Site.ReadAsync(db => db.Certificates.CountAsync(c => c.EnrolmentId == enrolment)));
        Assert.Equal(
            ["attempted", "answered", "answered", "answered", "passed", "completed", "completed"],
            (await app.VerbsAsync(enrolment)).SkipWhile(v => v != "attempted").Where(v => v != "earned"));
    }

    [Fact]
    public async Task The_blueprint_is_kept_and_the_next_attempt_asks_other_questions()
    {
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, await app.PublishAsync(Course()));

        var first = await app.AttemptAsync(await LearningSite.StartAsync(ana, enrolment));
        Assert.Equal(["one-o1", "one-o1", "two-o1"], first.Answers.Select(a => a.Objective).Order());
        Assert.Equal([1, 2, 3], first.Answers.Select(a => a.Position).Order());
        using (await LearningSite.SubmitAsync(ana, enrolment, first.Id)) { }
        var second = await app.AttemptAsync(await LearningSite.StartAsync(ana, enrolment));

        Assert.Equal(2, second.Number);
        Assert.Empty(second.Answers.Select(a => a.Item).Intersect(first.Answers.Select(a => a.Item)));
    }

    [Fact]
    public async Task Two_tabs_that_start_at_once_get_one_attempt()
    {
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, await app.PublishAsync(Course()));
        var path = $"/learn/{enrolment}/assessment";
        var token = await LearningSite.TokenAsync(ana, path);

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ana.PostAsync(path, [token, new("language", "en")])));

        Assert.Single(replies.Select(r => r.Headers.Location!.ToString()).Distinct());
        Assert.Equal(1, await app.Site.ReadAsync(db => db.Attempts.CountAsync(a => a.EnrolmentId == enrolment)));
    }

    [Fact]
    public async Task Twenty_submissions_at_once_pass_once()
    {
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, await app.PublishAsync(Course() with { Lessons = ["one", "two"] }));
        foreach (var slug in new[] { "one", "two" })
            using (await LearningSite.CompleteAsync(ana, enrolment, slug)) { }
        var attempt = await LearningSite.StartAsync(ana, enrolment);
        for (var position = 1; position <= 3; position++)
            using (await app.AnswerAsync(ana, enrolment, attempt, position, LearningSite.Right)) { }
        var path = $"/learn/{enrolment}/assessment/{attempt}/review";
        var token = await LearningSite.TokenAsync(ana, path);

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ana.PostAsync(path, [token])));
        await app.Site.RunJobsAsync();

        Assert.All(replies, r => Assert.EndsWith("/result", r.Headers.Location!.ToString(), StringComparison.Ordinal));
        var verbs = await app.VerbsAsync(enrolment);
        Assert.Equal(1, verbs.Count(v => v == "passed"));
        Assert.Equal(3, verbs.Count(v => v == "answered"));
        Assert.Equal(1, await app.Site.ReadAsync(db => db.Certificates.CountAsync(c => c.EnrolmentId == enrolment)));
    }

    [Fact]
    public async Task Attempts_run_out_and_only_then_are_answers_explained()
    {
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, await app.PublishAsync(Course()));

        for (var number = 1; number <= 2; number++)
        {
            var attempt = await LearningSite.StartAsync(ana, enrolment);
            using (await app.AnswerAsync(ana, enrolment, attempt, 1, LearningSite.Wrong)) { }
            using (await LearningSite.SubmitAsync(ana, enrolment, attempt)) { }
            var result = await ana.PageAsync($"/learn/{enrolment}/assessment/{attempt}/result");
            Assert.Equal(number == 2, result.Body!.InnerHtml.Contains("for it.", StringComparison.Ordinal));
            Assert.NotNull(result.QuerySelector($"a[href='/learn/{enrolment}/one']"));
        }

        var intro = await ana.PageAsync($"/learn/{enrolment}/assessment");
        Assert.Null(intro.QuerySelector("main form"));
        using (await ana.PostAsync($"/learn/{enrolment}/assessment", [await LearningSite.TokenAsync(ana, $"/learn/{enrolment}/one"), new("language", "en")])) { }
        Assert.Equal(2, await app.Site.ReadAsync(db => db.Attempts.CountAsync(a => a.EnrolmentId == enrolment)));
        Assert.Equal(2, (await app.VerbsAsync(enrolment)).Count(v => v == "failed"));
    }

    [Fact]
    public async Task Between_attempts_one_waits()
    {
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, await app.PublishAsync(Course("pass: 80\nwait_hours: 24\nblueprint: { one-o1: 1 }")));
        using (await LearningSite.SubmitAsync(ana, enrolment, await LearningSite.StartAsync(ana, enrolment))) { }

        Assert.Null((await ana.PageAsync($"/learn/{enrolment}/assessment")).QuerySelector("main form"));
        await app.Site.ReadAsync(db => db.Attempts.Where(a => a.EnrolmentId == enrolment)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.SubmittedAt, DateTime.UtcNow.AddHours(-25))));
        Assert.NotNull((await ana.PageAsync($"/learn/{enrolment}/assessment")).QuerySelector("main form"));
    }

    [Fact]
    public async Task A_critical_item_that_is_wrong_fails_the_attempt_whatever_the_score()
    {
        using var ana = await app.Site.SignedInAsync();
        var course = new TestCourse
        {
            Assessment = "pass: 50\nblueprint: { one-o1: 4 }",
            Bank = TestCourse.Choices("one-o1", 4, critical: "one-o1-q1"),
        };
        var enrolment = await LearningSite.EnrolAsync(ana, await app.PublishAsync(course));
        var attempt = await LearningSite.StartAsync(ana, enrolment);
        foreach (var answer in (await app.AttemptAsync(attempt)).Answers)
            using (await app.AnswerAsync(ana, enrolment, attempt, answer.Position, answer.Critical ? LearningSite.Wrong : LearningSite.Right)) { }

        using (await LearningSite.SubmitAsync(ana, enrolment, attempt)) { }

        var closed = await app.AttemptAsync(attempt);
        Assert.Equal(0.75, closed.Score);
        Assert.True(closed.CriticalMissed);
        Assert.False(closed.Passed);
        Assert.Contains("must be right", (await ana.PageAsync($"/learn/{enrolment}/assessment/{attempt}/result")).QuerySelector(".notice.bad")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_goes_on_after_the_site_was_restarted()
    {
        await using var site = new LearningSite();
        await site.InitializeAsync();
        var email = (await site.Site.AddPersonAsync()).Email!;
        using var before = await site.Site.SignInAsync(email);
        var enrolment = await LearningSite.EnrolAsync(before, await site.PublishAsync(Course()));
        var attempt = await LearningSite.StartAsync(before, enrolment);
        using (await site.AnswerAsync(before, enrolment, attempt, 2, LearningSite.Right)) { }

        await site.Site.RestartAsync();

        using var after = await site.Site.SignInAsync(email);
        Assert.Equal(attempt, await LearningSite.StartAsync(after, enrolment));
        Assert.NotNull((await after.PageAsync($"/learn/{enrolment}/assessment/{attempt}/2")).QuerySelector("input[checked]"));
        Assert.Null((await after.PageAsync($"/learn/{enrolment}/assessment/{attempt}/1")).QuerySelector(".q input[checked]"));
    }

    [Fact]
    public async Task When_time_is_up_answers_are_refused_and_the_attempt_is_submitted_by_itself()
    {
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, await app.PublishAsync(Course("pass: 80\nminutes: 10\nblueprint: { one-o1: 2 }")));
        var attempt = await LearningSite.StartAsync(ana, enrolment);
        using (await app.AnswerAsync(ana, enrolment, attempt, 1, LearningSite.Right)) { }
        var token = await LearningSite.TokenAsync(ana, $"/learn/{enrolment}/assessment/{attempt}/2");
        var due = (await app.AttemptAsync(attempt)).DueAt!.Value;
        Assert.Equal(1, await app.Site.ReadAsync(db => db.Outbox.CountAsync(m => m.Payload.Contains(attempt.ToString()) && m.DueAt > due)));

        // Ten minutes and the grace pass.
        await app.Site.ReadAsync(async db => await db.Attempts.Where(a => a.Id == attempt)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.DueAt, DateTime.UtcNow - TimeSpan.FromSeconds(31))));
        using var late = await ana.PostAsync($"/learn/{enrolment}/assessment/{attempt}/2", [token, new("a", "0"), new("go", "review")]);

        Assert.EndsWith("/result", late.Headers.Location!.ToString(), StringComparison.Ordinal);
        var closed = await app.AttemptAsync(attempt);
        Assert.NotNull(closed.SubmittedAt);
        Assert.Equal(1, closed.Answers.Count(a => a.IsAnswered));
        Assert.Equal(0.5, closed.Score);
    }

    [Fact]
    public async Task The_job_submits_what_nobody_came_back_to()
    {
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, await app.PublishAsync(Course("pass: 80\nminutes: 10\nblueprint: { one-o1: 2 }")));
        var attempt = await LearningSite.StartAsync(ana, enrolment);
        await app.Site.ReadAsync(async db =>
        {
            await db.Attempts.Where(a => a.Id == attempt).ExecuteUpdateAsync(a => a.SetProperty(x => x.DueAt, DateTime.UtcNow - TimeSpan.FromMinutes(1)));
            return await db.Outbox.Where(m => m.Payload.Contains(attempt.ToString())).ExecuteUpdateAsync(m => m.SetProperty(x => x.DueAt, DateTime.UtcNow));
        });

        await app.Site.RunAsync(s => s.GetRequiredService<JobRunner>().RunDueAsync(CancellationToken.None));
        await app.Site.RunJobsAsync();

        Assert.Equal(0, (await app.AttemptAsync(attempt)).Score);
        Assert.Contains("failed", await app.VerbsAsync(enrolment));
    }

    [Fact]
    public async Task Answers_save_by_themselves_and_an_overtaken_one_is_dropped()
    {
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, await app.PublishAsync(Course()));
        var attempt = await LearningSite.StartAsync(ana, enrolment);
        var token = await LearningSite.TokenAsync(ana, $"/learn/{enrolment}/assessment/{attempt}/1");
        var save = $"/learn/{enrolment}/assessment/{attempt}/save";

        using (var newer = await ana.PostAsync(save, [token, new("part", "1"), new("seq", "20"), new("a", "1")])) Assert.Equal(HttpStatusCode.OK, newer.StatusCode);
        using (var older = await ana.PostAsync(save, [token, new("part", "1"), new("seq", "10"), new("a", "0")])) Assert.Equal(HttpStatusCode.OK, older.StatusCode);

        var answer = (await app.AttemptAsync(attempt)).Answers.Single(a => a.Position == 1);
        Assert.Equal([answer.Order[1].ToString(System.Globalization.CultureInfo.InvariantCulture)], answer.Response);

        using (await LearningSite.SubmitAsync(ana, enrolment, attempt)) { }
        using var refused = await ana.PostAsync(save, [token, new("part", "1"), new("seq", "30"), new("a", "0")]);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task Attempts_of_another_learner_do_not_exist()
    {
        var course = await app.PublishAsync(Course());
        using var ana = await app.Site.SignedInAsync();
        using var ben = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, course);
        var own = await LearningSite.EnrolAsync(ben, course);
        var attempt = await LearningSite.StartAsync(ana, enrolment);
        var token = await LearningSite.TokenAsync(ben, $"/learn/{own}/one");

        foreach (var id in new[] { enrolment, own })
        {
            foreach (var page in new[] { "1", "review", "result" })
                using (var reply = await ben.GetAsync($"/learn/{id}/assessment/{attempt}/{page}")) Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
            foreach (var form in new[] { "1", "save", "review" })
                using (var reply = await ben.PostAsync($"/learn/{id}/assessment/{attempt}/{form}", [token, new("part", "1"), new("seq", "1"), new("a", "0")]))
                    Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        }
        Assert.Null((await app.AttemptAsync(attempt)).SubmittedAt);
        Assert.DoesNotContain((await app.AttemptAsync(attempt)).Answers, a => a.IsAnswered);
    }

    [Fact]
    public async Task The_questions_come_in_the_language_chosen()
    {
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, "hygiene");
        var attempt = await LearningSite.StartAsync(ana, enrolment, "fr");

        Assert.Equal("fr", (await app.AttemptAsync(attempt)).Language);
        Assert.Equal("fr", (await ana.PageAsync($"/learn/{enrolment}/assessment/{attempt}/1")).QuerySelector(".stem")!.GetAttribute("lang"));
    }
}
