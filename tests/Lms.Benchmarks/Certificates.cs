using System.Diagnostics;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Learning;
using Lms.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Lms.Benchmarks;

/// <summary>From completed courses in the outbox to certificates in the database.</summary>
internal static class Certificates
{
    private const int Count = 300;

    public static async Task RunAsync()
    {
        using var seed = new Seed();
        await seed.LearnersAsync(Count);
        var (issued, seconds) = await seed.WithSiteAsync(async services =>
        {
            var db = services.GetRequiredService<LmsDbContext>();
            var outbox = services.GetRequiredService<Outbox>();
            foreach (var enrolment in await db.Enrolments.ToListAsync())
            {
                var course = await services.GetRequiredService<CourseLibrary>().GetAsync(enrolment.CourseVersionId, default);
                foreach (var lesson in course.Lessons) enrolment.Complete(lesson.Id, DateTime.UtcNow);
                enrolment.Pass(0.9, DateTime.UtcNow);
                outbox.Add(new CourseCompleted(enrolment.Id));
            }
            await db.SaveChangesAsync();
            var runner = services.GetRequiredService<JobRunner>();
            var clock = Stopwatch.StartNew();
            while (await runner.RunDueAsync(default) > 0) { }
            return (await db.Certificates.CountAsync(), clock.Elapsed.TotalSeconds);
        });
        Console.WriteLine($"{issued} certificates of {Count} completions in {seconds:N1} s: {issued / seconds:N0}/s, each one commit and a statement");
    }
}
