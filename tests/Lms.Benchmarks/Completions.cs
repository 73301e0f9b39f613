using Lms.Web.Features.Xapi.Store;
using System.Diagnostics;
using Lms.Web.Data;
using Lms.Web.Data.Sqlite;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Learning;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Lms.Benchmarks;

/// <summary>POSTs that complete a lesson, against a bare EF insert of the rows that one of them writes, on the same disk.</summary>
internal static class Completions
{
    private const int Learners = 40;
    private static long s_sequence = DateTime.UtcNow.Ticks;

    public static async Task RunAsync()
    {
        using var seed = new Seed();
        var learners = await seed.LearnersAsync(Learners);
        var slugs = await seed.WithSiteAsync(async services =>
        {
            var row = services.GetRequiredService<LmsDbContext>().Courses.Single(c => c.Slug == Seed.Course);
            return (await services.GetRequiredService<CourseLibrary>().GetAsync(row.CurrentVersionId!.Value, default)).Lessons.Select(l => l.Slug).ToList();
        });

        double posts;
        await using (var site = await ServerProcess.SiteAsync(seed.Folder))
        {
            var people = await Task.WhenAll(Enumerable.Range(0, Learners).Select(i => Visitor.SignedInAsync(site.Address, Seed.Email(i))));
            // The token of one page serves all posts of a person, as it does in a browser that keeps the page open.
            var tokens = await Task.WhenAll(people.Select((p, i) => TokenAsync(p, $"/learn/{learners[i].Enrolment}/{slugs[0]}")));
            var clock = Stopwatch.StartNew();
            await Task.WhenAll(people.Select((person, i) => Task.Run(async () =>
            {
                foreach (var slug in slugs)
                {
                    using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", tokens[i])]);
                    using var reply = await person.Http.PostAsync(new Uri($"/learn/{learners[i].Enrolment}/{slug}?handler=Complete", UriKind.Relative), content);
                    if ((int)reply.StatusCode >= 400) throw new InvalidOperationException($"{slug} answered {reply.StatusCode}");
                }
            })));
            posts = Learners * slugs.Count / clock.Elapsed.TotalSeconds;
            foreach (var person in people) person.Dispose();
        }
        var inserts = await BareInsertsAsync(seed, Learners * slugs.Count);
        Console.WriteLine($"Completion POSTs, {Learners} learners at once: {posts,8:N0}/s");
        Console.WriteLine($"Bare EF inserts of the same rows, one commit each: {inserts,8:N0}/s");
        Console.WriteLine($"Completion POST / bare insert: {posts / inserts:N2}");
    }

    private static async Task<string> TokenAsync(Visitor person, string page)
    {
        var html = await person.Http.GetStringAsync(new Uri(page, UriKind.Relative));
        using var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
        return document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
    }

    /// <summary>A completion row and two statements with their links, of the sizes that the site wrote, into a database of its own.</summary>
    private static async Task<double> BareInsertsAsync(Seed seed, int count)
    {
        var sample = await seed.WithSiteAsync(services => services.GetRequiredService<LmsDbContext>().Statements.AsNoTracking()
            .OrderByDescending(s => s.Sequence).Take(2).ToListAsync());
        var folder = new DataFolder(Directory.CreateDirectory(Path.Combine(seed.Folder, "bare")).FullName);
        await using var provider = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddSingleton<Lms.Web.Jobs.OutboxSignal>().AddData(new ConfigurationBuilder().Build(), folder).BuildServiceProvider();
        await provider.MigrateAsync(default);
        var enrolments = Enumerable.Range(0, count).Select(_ => new Enrolment
        {
            LearnerId = Guid.CreateVersion7(), CentreId = Guid.Empty, CourseId = Guid.Empty, CourseVersionId = Guid.CreateVersion7(),
            LessonCount = 9, HasAssessment = true, EnrolledAt = DateTime.UtcNow,
        }).ToList();
        await using (var scope = provider.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
            db.AddRange(enrolments);
            await db.SaveChangesAsync();
        }
        var clock = Stopwatch.StartNew();
        foreach (var enrolment in enrolments)
        {
            await using var scope = provider.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
            db.Attach(enrolment).State = EntityState.Unchanged;
            enrolment.Complete("lesson", DateTime.UtcNow);
            foreach (var original in sample) db.AddRange(Copy(original));
            await db.SaveChangesAsync();
        }
        return count / clock.Elapsed.TotalSeconds;
    }

    /// <summary>A statement of the same size, with a verb, a registration, two agents and three activities, as one of a lesson has.</summary>
    private static IEnumerable<object> Copy(StoredStatement original)
    {
        var sequence = Interlocked.Increment(ref s_sequence);
        yield return new StoredStatement { Sequence = sequence, Id = Guid.CreateVersion7(), CentreId = original.CentreId, Timestamp = original.Timestamp, Json = original.Json };
        yield return new StatementVerb { VerbId = 1, Sequence = sequence };
        yield return new StatementRegistration { Registration = Guid.CreateVersion7(), Sequence = sequence };
        for (var agent = 1; agent <= 2; agent++) yield return new StatementAgent { AgentId = agent, IsDirect = agent == 1, Usages = AgentUsages.Actor, Sequence = sequence };
        for (var activity = 1; activity <= 3; activity++)
            yield return new StatementActivity { ActivityId = activity, IsDirect = activity == 1, Usages = ActivityUsages.Object, Sequence = sequence };
    }
}
