using System.Diagnostics;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Learning;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lms.Benchmarks;

/// <summary>Pages over 500 courses, 50,000 people, 100,000 enrolments and a million statements on the embedded default.</summary>
internal static class Scale
{
    private const int Courses = 500;
    private const int People = 50_000;
    private const int EnrolmentsEach = 2;
    private const int Statements = 1_000_000;
    private const int Batch = 5_000;

    private static readonly string[] Pages =
    [
        "/", "/?page=10", "/?q=fundamentals", "/courses/gmp-fundamentals", "/learn", "/transcript",
        "/teach", "/teach?page=5", "/teach/gmp-fundamentals", "/teach/gmp-fundamentals?page=200", "/teach/gmp-fundamentals/items",
        "/admin/people", "/admin/people?q=person49", "/admin/people?q=Person%2025", "/admin/certificates", "/admin/jobs", "/admin/centres",
    ];

    public static async Task RunAsync()
    {
        using var seed = new Seed();
        var clock = Stopwatch.StartNew();
        await seed.WithSiteAsync(async services => { await FillAsync(services); return true; });
        Console.WriteLine($"Seeded {Courses:N0} courses, {People:N0} people, {People * EnrolmentsEach:N0} enrolments, {Statements:N0} statements in {clock.Elapsed.TotalSeconds:N0} s; " +
            $"database {new FileInfo(Path.Combine(seed.Folder, "seedlot.db")).Length / 1e6:N0} MB");

        await using var site = await ServerProcess.SiteAsync(seed.Folder);
        using var admin = await Visitor.SignedInAsync(site.Address, "admin@example.org");
        foreach (var page in Pages)
        {
            await admin.GetCompressedAsync(page);
            var load = await Load.OneByOneAsync(40, _ => admin.GetCompressedAsync(page));
            Console.WriteLine($"{page,-36} {load}{(load.P95 > TimeSpan.FromMilliseconds(300) ? "   over 300 ms" : "")}");
        }
    }

    private static async Task FillAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<LmsDbContext>();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var hub = await db.Centres.FirstAsync(c => c.Kind == CentreKind.Hub);
        var original = await db.Courses.SingleAsync(c => c.Slug == Seed.Course);
        var version = await db.CourseVersions.SingleAsync(v => v.CourseId == original.Id);
        await AddCoursesAsync(db, original, version, hub.Id);

        var hash = services.GetRequiredService<UserManager<Person>>().PasswordHasher.HashPassword(null!, Seed.Password);
        var people = await AddPeopleAsync(db, hub.Id, hash);
        await AddEnrolmentsAsync(db, people, original.Id, hub.Id);
        await AddStatementsAsync(db, people, hub.Id);
    }

    private static async Task AddCoursesAsync(LmsDbContext db, Course original, CourseVersion version, Guid hub)
    {
        for (var i = 1; i < Courses; i++)
        {
            var course = new Course { Slug = $"course-{i:000}", CentreId = hub };
            var copy = new CourseVersion { CourseId = course.Id, Major = 1, Minor = 0, Hash = version.Hash, PublishedAt = version.PublishedAt };
            course.Publish(copy, original.Card);
            db.AddRange(course, copy);
        }
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
    }

    private static async Task<List<Guid>> AddPeopleAsync(LmsDbContext db, Guid hub, string hash)
    {
        var ids = new List<Guid>(People);
        for (var i = 0; i < People; i++)
        {
            var person = new Person
            {
                Name = $"Person {i}", UserName = Seed.Email(i), NormalizedUserName = Seed.Email(i).ToUpperInvariant(), Email = Seed.Email(i), NormalizedEmail = Seed.Email(i).ToUpperInvariant(),
                EmailConfirmed = true, CentreId = hub, PasswordHash = hash, SecurityStamp = Guid.NewGuid().ToString("N"), CreatedAt = DateTime.UtcNow,
            };
            ids.Add(person.Id);
            db.Add(person);
            if (i % Batch == Batch - 1) await FlushAsync(db);
        }
        await FlushAsync(db);
        return ids;
    }

    private static async Task AddEnrolmentsAsync(LmsDbContext db, List<Guid> people, Guid original, Guid hub)
    {
        var versions = await db.CourseVersions.AsNoTracking().Select(v => new { v.Id, v.CourseId }).ToListAsync();
        var first = versions.Single(v => v.CourseId == original);
        for (var i = 0; i < people.Count * EnrolmentsEach; i++)
        {
            var on = i % EnrolmentsEach == 0 && i % 5 == 0 ? first : versions[(i * 7 + i / EnrolmentsEach) % versions.Count];
            if (i % EnrolmentsEach == 1 && on.CourseId == original) on = versions.First(v => v.CourseId != original);
            var enrolment = new Enrolment
            {
                LearnerId = people[i / EnrolmentsEach], CentreId = hub, CourseId = on.CourseId, CourseVersionId = on.Id,
                LessonCount = 6, HasAssessment = true, EnrolledAt = DateTime.UtcNow.AddMinutes(-i),
            };
            for (var lesson = 0; lesson < i % 7; lesson++) enrolment.Complete($"c2-l{lesson + 1}", DateTime.UtcNow);
            db.Add(enrolment);
            if (i % Batch == Batch - 1) await FlushAsync(db);
        }
        await FlushAsync(db);
    }

    private static async Task AddStatementsAsync(LmsDbContext db, List<Guid> people, Guid hub)
    {
        var sample = new byte[1200];
        Random.Shared.NextBytes(sample);
        var first = DateTime.UtcNow.Ticks;
        for (var i = 0; i < Statements; i++)
        {
            var sequence = first + i;
            db.AddRange(
                new StoredStatement { Sequence = sequence, Id = Guid.CreateVersion7(), CentreId = hub, Timestamp = DateTime.UtcNow, Json = sample },
                new StatementVerb { VerbId = i % 8, Sequence = sequence },
                new StatementRegistration { Registration = people[i % people.Count], Sequence = sequence },
                new StatementAgent { AgentId = i % people.Count, IsDirect = true, Usages = AgentUsages.Actor, Sequence = sequence },
                new StatementActivity { ActivityId = i % 5_000, IsDirect = true, Usages = ActivityUsages.Object, Sequence = sequence },
                new StatementActivity { ActivityId = 10_000 + i % Courses, IsDirect = false, Usages = ActivityUsages.Parent, Sequence = sequence });
            if (i % Batch == Batch - 1) await FlushAsync(db);
        }
        await FlushAsync(db);
    }

    private static async Task FlushAsync(LmsDbContext db)
    {
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
    }
}
