using Lms.Manuscripts.Questions;
using Lms.Standards.Xapi;
using Lms.Web.Features.Assessment;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Jobs;
using Lms.Web.Tests.Learning;
using Microsoft.EntityFrameworkCore;

namespace Lms.BrowserTests.Support;

/// <summary>People who have been at work on the course <c>everything</c>, made through the site's own forms.</summary>
internal sealed class Cast
{
    public const string Course = "everything";
    public const string Administrator = "admin@example.org";

    /// <summary>Has answered each check wrong or right, failed once, passed, and holds a certificate.</summary>
    public required Actor Graduate { get; init; }

    /// <summary>Sits the assessment, half answered.</summary>
    public required Actor Candidate { get; init; }

    /// <summary>Has no course yet.</summary>
    public required string Newcomer { get; init; }
    public required Guid Failed { get; init; }
    public required Guid Passed { get; init; }
    public required Guid Underway { get; init; }
    public required Seal Valid { get; init; }
    public required Seal Revoked { get; init; }
    public required Seal Replaced { get; init; }
    /// <summary>A statement of the graduate, with the numbers of its agent and its activity.</summary>
    public required (Guid Id, long Agent, long Activity) Statement { get; init; }

    internal sealed record Actor(string Email, Guid PersonId, Guid Enrolment);

    internal sealed record Seal(Guid Id, string Serial);

    public static async Task<Cast> GatherAsync(LearningSite app)
    {
        var (graduate, failed, passed) = await GraduateAsync(app, "Amina Diallo");
        var (revoked, _, _) = await GraduateAsync(app, "Chen Wei");
        var (replaced, _, _) = await GraduateAsync(app, "Dewi Lestari");
        var (candidate, underway) = await CandidateAsync(app);
        var seals = new[] { await SealAsync(app, graduate), await SealAsync(app, revoked), await SealAsync(app, replaced) };
        await AdministerAsync(app, seals[1], seals[2]);
        return new Cast
        {
            Graduate = graduate,
            Candidate = candidate,
            Newcomer = (await app.Site.AddPersonAsync(name: "Emeka Obi")).Email!,
            Failed = failed,
            Passed = passed,
            Underway = underway,
            Valid = seals[0],
            Revoked = seals[1],
            Replaced = seals[2],
            Statement = await StatementAsync(app, graduate),
        };
    }

    private static async Task<(Actor Actor, Guid Failed, Guid Passed)> GraduateAsync(LearningSite app, string name)
    {
        var (actor, browser) = await EnrolAsync(app, name);
        using var closing = browser;
        await AnswerChecksAsync(app, browser, actor.Enrolment);
        foreach (var lesson in new[] { "marks", "after" })
            using (await LearningSite.CompleteAsync(browser, actor.Enrolment, lesson)) { }
        var failed = await SitAsync(app, browser, actor.Enrolment, _ => false);
        var passed = await SitAsync(app, browser, actor.Enrolment, item => item is not TextItem);
        await app.Site.RunJobsAsync();
        return (actor, failed, passed);
    }

    private static async Task<(Actor Actor, Guid Underway)> CandidateAsync(LearningSite app)
    {
        var (actor, browser) = await EnrolAsync(app, "Bo Larsson");
        using var closing = browser;
        var attempt = await LearningSite.StartAsync(browser, actor.Enrolment);
        for (var position = 1; position <= 4; position++)
            using (await app.AnswerAsync(browser, actor.Enrolment, attempt, position, Right)) { }
        return (actor, attempt);
    }

    private static async Task<(Actor Actor, Browser Browser)> EnrolAsync(LearningSite app, string name)
    {
        var person = await app.Site.AddPersonAsync(name: name);
        var browser = await app.Site.SignInAsync(person.Email!);
        return (new Actor(person.Email!, person.Id, await LearningSite.EnrolAsync(browser, Course)), browser);
    }

    /// <summary>Answers every second check of the first lesson wrong and the others right.</summary>
    private static async Task AnswerChecksAsync(LearningSite app, Browser browser, Guid enrolment)
    {
        var course = await app.CourseAsync((await app.EnrolmentAsync(enrolment)).CourseVersionId);
        var path = $"/learn/{enrolment}/marks";
        foreach (var (place, item) in course.Lessons[0].Texts["en"].Blocks.Where(b => b.Check is not null).Select(b => b.Check!).Index())
        {
            var fields = LearningSite.Fields(item, ItemOrder.InLesson(item), place % 2 == 0 ? LearningSite.Wrong(item) : Right(item));
            using var reply = await browser.PostAsync($"{path}?handler=Answer&item={item.Id}", [.. fields, await LearningSite.TokenAsync(browser, path), new("seen", "0")]);
            Assert.Equal(System.Net.HttpStatusCode.Redirect, reply.StatusCode);
        }
    }

    private static async Task<Guid> SitAsync(LearningSite app, Browser browser, Guid enrolment, Func<Item, bool> knows)
    {
        var attempt = await LearningSite.StartAsync(browser, enrolment);
        for (var position = 1; position <= 8; position++)
            using (await app.AnswerAsync(browser, enrolment, attempt, position, item => knows(item) ? Right(item) : LearningSite.Wrong(item))) { }
        using (await LearningSite.SubmitAsync(browser, enrolment, attempt)) { }
        return attempt;
    }

    private static async Task AdministerAsync(LearningSite app, Seal revoke, Seal replace)
    {
        using var administrator = await app.Site.SignInAsync(Administrator);
        using var revoked = await administrator.SubmitAsync(
            $"/admin/certificates/{revoke.Id}", new() { ["reason"] = "Somebody else sat the assessment.", ["sure"] = "true" }, action: "handler=Revoke");
        Assert.Equal(System.Net.HttpStatusCode.Redirect, revoked.StatusCode);
        using var replaced = await administrator.SubmitAsync(
            $"/admin/certificates/{replace.Id}", new() { ["reason"] = "The name was misspelt.", ["holderName"] = "Dewi Sri Lestari" }, action: "handler=Reissue");
        Assert.Equal(System.Net.HttpStatusCode.Redirect, replaced.StatusCode);
        await FailJobAsync(app);
    }

    /// <summary>A dead letter for the page of jobs, of a kind that no job takes.</summary>
    private static Task FailJobAsync(LearningSite app) => app.Site.ReadAsync(async db =>
    {
        var message = new OutboxMessage { Job = "NotifySomebody", Payload = "{}", CreatedAt = DateTime.UtcNow, DueAt = DateTime.UtcNow.AddYears(1) };
        message.Fail("System.Net.Sockets.SocketException: no route to host\n   at Somewhere.In.The.Network.ConnectAsync(String address)", DateTime.UtcNow.AddYears(1));
        db.Add(message);
        await db.SaveChangesAsync();
        return await db.Outbox.Where(m => m.Id == message.Id)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.State, JobState.Failed).SetProperty(x => x.Attempts, OutboxMessage.MaxAttempts));
    });

    private static Task<(Guid Id, long Agent, long Activity)> StatementAsync(LearningSite app, Actor actor) => app.Site.ReadAsync(async db =>
    {
        var statement = await db.StatementsOf(actor.Enrolment).Saying(db, Verbs.Answered.Id).FirstAsync();
        var agent = await db.StatementAgents.Where(l => l.Sequence == statement.Sequence && l.IsDirect).Select(l => l.AgentId).FirstAsync();
        return (statement.Id, agent, await db.StatementActivities.Where(l => l.Sequence == statement.Sequence && l.IsDirect).Select(l => l.ActivityId).FirstAsync());
    });

    private static Task<Seal> SealAsync(LearningSite app, Actor actor) =>
        app.Site.ReadAsync(db => db.Certificates.Where(c => c.EnrolmentId == actor.Enrolment).Select(c => new Seal(c.Id, c.Serial)).SingleAsync());

    private static IReadOnlyList<string> Right(Item item) => LearningSite.Right(item);
}
