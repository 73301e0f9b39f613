using System.Net;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Learning;
using Lms.Web.Jobs;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Reporting;

public sealed class TeachingTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task An_instructor_sees_who_is_where_in_a_course()
    {
        var learner = await site.AddPersonAsync(name: $"Léa {Guid.NewGuid():N}");
        await StudyAsync(learner);
        using var instructor = await site.SignedInAsync(Role.Instructor);
        var row = (await instructor.PageAsync("/teach/hygiene")).QuerySelectorAll("table.data tbody tr")
            .Single(r => r.TextContent.Contains(learner.Name, StringComparison.Ordinal));
        Assert.Contains("33", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instructor_of_one_centre_sees_no_learner_of_another()
    {
        var (here, there) = (await site.AddCentreAsync(), await site.AddCentreAsync());
        var stranger = await site.AddPersonAsync(centre: there.Id, name: $"Stranger {Guid.NewGuid():N}");
        await StudyAsync(stranger);
        using var instructor = await site.SignedInAsync(Role.Instructor, here.Id);
        var page = await instructor.PageAsync("/teach/hygiene");
        Assert.DoesNotContain(stranger.Name, page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_item_of_the_bank_is_listed_and_an_unknown_one_is_not_found()
    {
        using var instructor = await site.SignedInAsync(Role.Instructor);
        var items = await instructor.PageAsync("/teach/hygiene/items");
        Assert.Equal(4, items.QuerySelectorAll("table.data tbody tr").Length);
        await instructor.PageAsync("/teach/hygiene/items/hy-q4");
        using var unknown = await instructor.GetAsync("/teach/hygiene/items/nothing");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task An_administrator_sees_a_failed_job_with_its_error_and_runs_it_again()
    {
        var id = await site.RunAsync(async services =>
        {
            var db = services.GetRequiredService<Lms.Web.Data.LmsDbContext>();
            var job = new OutboxMessage { Job = "NoSuchJob", Payload = "{}", CreatedAt = DateTime.UtcNow, DueAt = DateTime.UtcNow.AddDays(1) };
            db.Add(job);
            await db.SaveChangesAsync();
            await db.Outbox.Where(m => m.Id == job.Id).ExecuteUpdateAsync(m => m.SetProperty(x => x.State, JobState.Failed).SetProperty(x => x.Error, "It rained."));
            return job.Id;
        });
        using var admin = await site.SignedInAsync(Role.Administrator);
        var row = (await admin.PageAsync("/admin/jobs?state=Failed")).QuerySelectorAll("tbody tr").Single(r => r.TextContent.Contains("NoSuchJob", StringComparison.Ordinal));
        Assert.Contains("It rained.", row.TextContent, StringComparison.Ordinal);

        using var retried = await admin.SubmitAsync("/admin/jobs?state=Failed", new() { ["id"] = $"{id}" });
        Assert.Equal(HttpStatusCode.Redirect, retried.StatusCode);
        Assert.NotEqual(JobState.Failed, await site.ReadAsync(db => db.Outbox.Where(m => m.Id == id).Select(m => m.State).SingleAsync()));
    }

    [Fact]
    public async Task A_learner_sees_no_staff_page()
    {
        using var learner = await site.SignedInAsync(Role.Learner);
        foreach (var path in new[] { "/teach", "/teach/hygiene", "/teach/hygiene/items", "/teach/hygiene/preview", "/admin/jobs" })
        {
            using var reply = await learner.GetAsync(path);
            Assert.NotEqual(HttpStatusCode.OK, reply.StatusCode);
        }
    }

    private Task<bool> StudyAsync(Person learner) => site.RunAsync(async services =>
    {
        var ct = TestContext.Current.CancellationToken;
        var enrolment = await services.GetRequiredService<EnrolmentService>().EnrolAsync("hygiene", learner.Id, learner.CentreId, ct);
        await services.GetRequiredService<ProgressService>().CompleteLessonAsync(enrolment!.Value, learner.Id, "hands", "en", ct);
        return true;
    });
}
