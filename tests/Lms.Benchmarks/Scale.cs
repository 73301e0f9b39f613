using System.Diagnostics;
using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Learning;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Counting;
using Lms.Web.Features.Xapi.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Activity = Lms.Standards.Xapi.Activity;

namespace Lms.Benchmarks;

/// <summary>Pages over 500 courses, 50,000 people, 100,000 enrolments and a million statements on the embedded default.</summary>
internal static class Scale
{
    private const int Courses = 500;
    private const int People = 50_000;
    private const int EnrolmentsEach = 2;
    private const int Statements = 1_000_000;
    private const int ActivitiesEach = 20;
    private const int Batch = 5_000;

    private static readonly string[] Pages =
    [
        "/", "/?page=10", "/?q=fundamentals", "/courses/gmp-fundamentals", "/learn", "/transcript",
        "/teach", "/teach?page=5", "/teach/gmp-fundamentals", "/teach/gmp-fundamentals?page=200", "/teach/gmp-fundamentals/items",
        "/statements", "/statements?verb=http%3A%2F%2Fadlnet.gov%2Fexpapi%2Fverbs%2Fpassed", "/statements/charts", "/statements/charts?days=365", $"/statements/charts?course={Seed.Course}&days=365",
        "/statements/privacy",
        "/admin/people", "/admin/people?q=person49", "/admin/people?q=Person%2025", "/admin/certificates", "/admin/jobs", "/admin/centres",
    ];

    public static async Task RunAsync()
    {
        using var seed = new Seed();
        var clock = Stopwatch.StartNew();
        await seed.WithSiteAsync(async services => { await FillAsync(services); return true; });
        Console.WriteLine($"Seeded {Courses:N0} courses, {People:N0} people, {People * EnrolmentsEach:N0} enrolments, {Statements:N0} statements in {clock.Elapsed.TotalSeconds:N0} s; " +
            $"database {new FileInfo(Path.Combine(seed.Folder, "seedlot.db")).Length / 1e6:N0} MB");

        var details = await seed.WithSiteAsync(async services => { await CountAsync(services); return await DetailsAsync(services); });
        await using var site = await ServerProcess.SiteAsync(seed.Folder);
        using var admin = await Visitor.SignedInAsync(site.Address, "admin@example.org");
        foreach (var page in Pages.Concat(details))
        {
            await admin.GetCompressedAsync(page);
            var load = await Load.OneByOneAsync(40, _ => admin.GetCompressedAsync(page));
            Console.WriteLine($"{(page.Length > 60 ? page[..60] : page),-60} {load}{(load.P95 > TimeSpan.FromMilliseconds(300) ? "   over 300 ms" : "")}");
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

    /// <summary>Statements of all kinds around the courses, over the last year, with all that they are found by and counted from.</summary>
    private static async Task AddStatementsAsync(LmsDbContext db, List<Guid> people, Guid hub)
    {
        const string site = "http://localhost:5080";
        Verb[] verbs = [Verbs.Registered, Verbs.Initialized, Verbs.Experienced, Verbs.Progressed, Verbs.Answered, Verbs.Completed, Verbs.Passed, Verbs.Earned];
        var verbIds = verbs.Select(v => NameCache.FirstId(v.Id)).ToArray();
        db.AddRange(verbs.Select((v, i) => new XapiVerb { Id = verbIds[i], Name = v.Id, Display = JsonSerializer.SerializeToUtf8Bytes(v.Display) }));
        var activities = Enumerable.Range(0, Courses).Select(c => $"{site}/courses/{(c == 0 ? Seed.Course : $"course-{c:000}")}")
            .SelectMany(c => Enumerable.Range(0, ActivitiesEach).Select(i => i == 0 ? c : $"{c}/items/{i}")).ToArray();
        var activityIds = activities.Select(NameCache.FirstId).ToArray();
        db.AddRange(activities.Select((iri, i) => new XapiActivity { Id = activityIds[i], Name = iri, Definition = JsonSerializer.SerializeToUtf8Bytes(new { name = new { en = $"Activity {i}" } }) }));
        var agentIds = people.Select(p => NameCache.FirstId(AgentKey.Of(Agent.Account(site, p.ToString()).Identifier))).ToArray();
        db.AddRange(people.Select((p, i) => new XapiAgent { Id = agentIds[i], Name = AgentKey.Of(Agent.Account(site, p.ToString()).Identifier) }));
        await FlushAsync(db);

        var first = DateTime.UtcNow.AddDays(-365).Ticks;
        var step = TimeSpan.FromDays(365).Ticks / Statements;
        for (var i = 0; i < Statements; i++)
        {
            var (sequence, id, at) = (first + i * step, Guid.CreateVersion7(), new DateTime(first + i * step, DateTimeKind.Utc));
            var (person, verb, course) = (i % people.Count, i % verbs.Length, i / verbs.Length % Courses * ActivitiesEach);
            var target = verbs[verb] == Verbs.Answered ? course + 1 + i % (ActivitiesEach - 1) : course;
            var statement = new Statement
            {
                Id = id, Actor = Agent.Account(site, people[person].ToString()), Verb = verbs[verb], Object = new Activity(activities[target]), Timestamp = at, Version = "1.0.0",
                Authority = Agent.Account(site, "seedlot"), Result = verbs[verb] == Verbs.Answered ? new Result { Success = i % 3 != 0 } : null,
                Context = new Context { Registration = people[person], ContextActivities = target == course ? null : new ContextActivities { Parent = [new Activity(activities[course])] } },
            };
            db.AddRange(
                new StoredStatement { Sequence = sequence, Id = id, CentreId = hub, Timestamp = at, Json = StatementWriter.ToUtf8(statement) },
                new StatementVerb { VerbId = verbIds[verb], Sequence = sequence },
                new StatementRegistration { Registration = people[person], Sequence = sequence },
                new StatementAgent { AgentId = agentIds[person], IsDirect = true, Usages = AgentUsages.Actor, Sequence = sequence },
                new StatementActivity { ActivityId = activityIds[target], IsDirect = true, Usages = ActivityUsages.Object, Sequence = sequence });
            if (target != course) db.Add(new StatementActivity { ActivityId = activityIds[course], IsDirect = false, Usages = ActivityUsages.Parent, Sequence = sequence });
            if (i % Batch == Batch - 1) await FlushAsync(db);
        }
        await FlushAsync(db);
    }

    /// <summary>Counts all statements, as the site does behind its back while they arrive.</summary>
    private static async Task CountAsync(IServiceProvider services)
    {
        var clock = Stopwatch.StartNew();
        var counting = services.GetRequiredService<StatementCounting>();
        while (await counting.AdvanceAsync(CancellationToken.None) == StatementCounting.Batch) { }
        Console.WriteLine($"Counted {Statements:N0} statements in {clock.Elapsed.TotalSeconds:N0} s");
    }

    /// <summary>Pages about one statement, one activity and one person.</summary>
    private static async Task<string[]> DetailsAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<LmsDbContext>();
        var middle = await db.Statements.AsNoTracking().OrderByDescending(s => s.Sequence).Skip(1_000).FirstAsync();
        var course = NameCache.FirstId($"http://localhost:5080/courses/{Seed.Course}");
        var agent = await db.StatementAgents.Where(a => a.Sequence == middle.Sequence).Select(a => a.AgentId).FirstAsync();
        var key = await db.XapiAgents.Where(a => a.Id == agent).Select(a => a.Name).SingleAsync();
        return
        [
            $"/statements/{middle.Id}", $"/statements/activities/{course}", $"/statements/agents/{agent}", $"/statements/erase/{agent}", $"/statements?before={middle.Sequence}",
            $"/statements?who={Uri.EscapeDataString(key)}&related=true", $"/statements?registration={key.Split('|')[2]}",
            $"/statements?verb={Uri.EscapeDataString(Verbs.Passed.Id)}&who={Uri.EscapeDataString(key)}",
        ];
    }

    private static async Task FlushAsync(LmsDbContext db)
    {
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
    }
}
