using System.Net;
using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Features.Packages;
using Lms.Web.Features.Scorm;
using Lms.Web.Tests.Packages;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Scorm;

/// <summary>Commits: taken once, held to the data model, kept as they came, and refused from whoever may not.</summary>
public sealed class CommitTests(TestSite site) : IClassFixture<TestSite>
{
    private static readonly (string, string)[] Passed12 = [("cmi.core.lesson_status", "completed"), ("cmi.core.score.raw", "85"), ("cmi.suspend_data", "page=7"), ("cmi.core.session_time", "00:05:00")];

    [Fact]
    public async Task What_content_says_is_kept_and_found_again()
    {
        using var keeper = await Keeper.OfAsync(site);
        var package = await keeper.ImportedAsync(ScormZip.One12());
        using var window = await ScormWindow.OpenedAsync(site, keeper, package, "keeps");
        Assert.Equal(("only", "ab-initio", "keeps", "Ana Lima"), (window.Activity, window.Value("cmi.core.entry"), window.Value("cmi.core.student_id"), window.Value("cmi.core.student_name")));
        await window.CommitAsync(initialized: true);
        Assert.Equal(HttpStatusCode.OK, await window.CommitAsync(terminated: true, changes: [.. Passed12, ("cmi.core.exit", "suspend")]));
        Assert.Equal("only", window.Activity);

        using var later = await ScormWindow.OpenedAsync(site, keeper, package, "keeps", window.Registration);
        Assert.Equal(("resume", "page=7", "passed", "0000:05:00.00"), (later.Value("cmi.core.entry"), later.Value("cmi.suspend_data"), later.Value("cmi.core.lesson_status"), later.Value("cmi.core.total_time")));
        Assert.Null(later.Value("cmi.core.exit"));
        var registration = await RegistrationAsync(window.Registration);
        Assert.Equal((PackageCompletion.Completed, PackageSuccess.Passed, 85.0, 0.85), (registration.Completion, registration.Success, registration.ScoreRaw, registration.ScoreScaled));
    }

    [Fact]
    public async Task The_same_commit_again_changes_nothing_and_hears_the_same()
    {
        using var keeper = await Keeper.OfAsync(site);
        var package = await keeper.ImportedAsync(ScormZip.Parts2004());
        using var window = await ScormWindow.OpenedAsync(site, keeper, package, "again");
        var first = new { commits = new[] { window.Message(1, initialized: true), window.Message(2, wish: "continue", terminated: true, changes: [("cmi.completion_status", "completed"), ("cmi.session_time", "PT1M")]) } };
        Assert.Equal(HttpStatusCode.OK, await window.SendAsync("commit", first));
        Assert.Equal("part2", window.Activity);
        var heard = window.Last.GetProperty("delivery").GetProperty("number").GetInt32();

        Assert.Equal(HttpStatusCode.OK, await window.SendAsync("commit", first));
        Assert.Equal(("part2", heard), (window.Activity, window.Last.GetProperty("delivery").GetProperty("number").GetInt32()));
        Assert.Equal(2, await site.ReadAsync(db => db.ScormCommits.CountAsync(c => c.AttemptId == window.Registration)));
        var time = (await ReportAsync(keeper, window)).GetProperty("activities")[0].GetProperty("cmi").GetProperty("cmi.total_time").GetString();
        Assert.Equal("PT1M", time);
    }

    [Fact]
    public async Task Two_requests_with_the_same_commits_at_once_are_one()
    {
        using var keeper = await Keeper.OfAsync(site);
        var package = await keeper.ImportedAsync(ScormZip.Parts2004());
        using var window = await ScormWindow.OpenedAsync(site, keeper, package, "race");
        for (var round = 0; round < 5; round++)
        {
            var commits = new { commits = new[] { window.Message((round * 2) + 1, initialized: round == 0), window.Message((round * 2) + 2, changes: [("cmi.location", $"page {round}")]) } };
            var both = await Task.WhenAll(window.SendAsync("commit", commits), window.SendAsync("commit", commits), window.SendAsync("commit", commits));
            Assert.All(both, status => Assert.Equal(HttpStatusCode.OK, status));
        }
        Assert.Equal(10, await site.ReadAsync(db => db.ScormCommits.CountAsync(c => c.AttemptId == window.Registration)));
        Assert.Equal("page 4", (await ReportAsync(keeper, window)).GetProperty("activities")[0].GetProperty("cmi").GetProperty("cmi.location").GetString());
    }

    [Fact]
    public async Task Values_that_no_content_could_set_are_left_out_and_noted()
    {
        using var keeper = await Keeper.OfAsync(site);
        var package = await keeper.ImportedAsync(ScormZip.Parts2004());
        using var window = await ScormWindow.OpenedAsync(site, keeper, package, "forged");
        await window.CommitAsync(initialized: true, changes: [("cmi.score.scaled", "5"), ("cmi.learner_id", "somebody"), ("cmi.nothing", "x"), ("cmi.objectives.7.id", "far"), ("cmi.location", "here")]);
        var cmi = (await ReportAsync(keeper, window)).GetProperty("activities")[0].GetProperty("cmi");
        Assert.Equal("here", cmi.GetProperty("cmi.location").GetString());
        Assert.False(cmi.TryGetProperty("cmi.score.scaled", out _));
        var refused = await site.ReadAsync(db => db.ScormCommits.Where(c => c.AttemptId == window.Registration).Select(c => c.Refused).SingleAsync());
        Assert.Equal(new Dictionary<string, int> { ["cmi.score.scaled"] = 407, ["cmi.learner_id"] = 404, ["cmi.nothing"] = 401, ["cmi.objectives.7.id"] = 351 }, JsonSerializer.Deserialize<Dictionary<string, int>>(refused!));
    }

    [Fact]
    public async Task Without_the_attempts_token_nothing_opens_and_nothing_is_taken()
    {
        using var keeper = await Keeper.OfAsync(site);
        var package = await keeper.ImportedAsync(ScormZip.One12());
        using var window = await ScormWindow.OpenedAsync(site, keeper, package, "token");
        using var other = await ScormWindow.OpenedAsync(site, keeper, package, "stranger");
        foreach (var token in new[] { "", "x", other.Token, window.Token[..^1] })
        {
            var own = window.Token;
            window.Token = token;
            Assert.Equal(HttpStatusCode.Unauthorized, await window.OpenAsync());
            Assert.Equal(HttpStatusCode.Unauthorized, await window.CommitAsync(changes: Passed12));
            window.Token = own;
        }
        Assert.Equal(HttpStatusCode.BadRequest, await window.SendAsync("commit", "{}", json: false));
        Assert.Equal(HttpStatusCode.BadRequest, await window.SendAsync("commit", new { commits = Array.Empty<object>() }));
        Assert.Equal(HttpStatusCode.BadRequest, await window.SendAsync("commit", new { commits = new[] { new { session = 0, sequence = 1 } } }));
        Assert.Equal(PackageCompletion.NotAttempted, (await RegistrationAsync(window.Registration)).Completion switch { PackageCompletion.Incomplete => PackageCompletion.NotAttempted, var c => c });
        Assert.Equal(0, await site.ReadAsync(db => db.ScormCommits.CountAsync(c => c.AttemptId == window.Registration)));
    }

    [Fact]
    public async Task The_later_window_takes_over_and_what_the_earlier_one_says_is_kept_but_does_not_count()
    {
        using var keeper = await Keeper.OfAsync(site);
        var package = await keeper.ImportedAsync(ScormZip.One12());
        using var first = await ScormWindow.OpenedAsync(site, keeper, package, "two");
        await first.CommitAsync(initialized: true, changes: [("cmi.core.lesson_location", "3")]);
        // The same page in another tab has the same token.
        using var second = await ScormWindow.LaunchAsync(site, keeper, package, "two", first.Registration);
        first.Token = second.Token;
        Assert.Equal(HttpStatusCode.OK, await second.OpenAsync());
        Assert.Equal("3", second.Value("cmi.core.lesson_location"));

        Assert.Equal(HttpStatusCode.Conflict, await first.CommitAsync(changes: [("cmi.core.lesson_location", "9")]));
        Assert.Equal(HttpStatusCode.OK, await second.CommitAsync(initialized: true, changes: [("cmi.core.lesson_location", "4")]));
        var commits = await site.ReadAsync(db => db.ScormCommits.Where(c => c.AttemptId == first.Registration).OrderBy(c => c.Session).ThenBy(c => c.Sequence).Select(c => c.Outcome).ToListAsync());
        Assert.Equal([ScormCommitOutcome.Applied, ScormCommitOutcome.Late, ScormCommitOutcome.Applied], commits);
        Assert.Equal("4", (await ReportAsync(keeper, second)).GetProperty("activities")[0].GetProperty("cmi").GetProperty("cmi.core.lesson_location").GetString());
    }

    [Fact]
    public async Task A_window_closed_without_a_word_is_gone_on_with()
    {
        using var keeper = await Keeper.OfAsync(site);
        var package = await keeper.ImportedAsync(ScormZip.Parts2004());
        using var window = await ScormWindow.OpenedAsync(site, keeper, package, "closed");
        await window.CommitAsync(initialized: true);
        await window.CommitAsync(request: "continue", terminated: true);
        await window.CommitAsync(initialized: true, changes: [("cmi.location", "7"), ("cmi.session_time", "PT2M")]);

        await site.RestartAsync();
        using var again = await Keeper.OfAsync(site);
        using var later = await ScormWindow.OpenedAsync(site, again, package, "closed", window.Registration);
        Assert.Equal(("part2", "resume", "7", "PT2M"), (later.Activity, later.Value("cmi.entry"), later.Value("cmi.location"), later.Value("cmi.total_time")));
    }

    [Fact]
    public async Task Results_are_statements_of_the_SCORM_profile_marked_as_asserted_by_the_client()
    {
        using var keeper = await Keeper.OfAsync(site);
        var package = await keeper.ImportedAsync(ScormZip.Parts2004(1));
        using var window = await ScormWindow.OpenedAsync(site, keeper, package, "statements");
        await window.CommitAsync(initialized: true);
        await window.CommitAsync(terminated: true, wish: "exitAll", changes:
        [
            ("cmi.interactions.0.id", "q1"), ("cmi.interactions.0.type", "choice"), ("cmi.interactions.0.learner_response", "a"), ("cmi.interactions.0.result", "correct"), ("cmi.interactions.0.correct_responses.0.pattern", "a"),
            ("cmi.completion_status", "completed"), ("cmi.success_status", "passed"), ("cmi.score.scaled", "0.75"), ("cmi.session_time", "PT90S"),
        ]);
        Assert.Equal("finished", window.Ended);
        var statements = (await site.ReadAsync(db => db.StatementRegistrations.Where(l => l.Registration == window.Registration).Join(db.Statements, l => l.Sequence, s => s.Sequence, (_, s) => s).OrderBy(s => s.Sequence).Select(s => s.Json).ToListAsync()))
            .ConvertAll(json => JsonDocument.Parse(json).RootElement);
        Assert.Equal([Verbs.Initialized.Id, Verbs.Completed.Id, Verbs.Passed.Id, Verbs.Responded.Id, Verbs.Terminated.Id], statements.Select(s => s.GetProperty("verb").GetProperty("id").GetString()));
        Assert.All(statements, s =>
        {
            var context = s.GetProperty("context");
            Assert.Equal(ScormStatements.Profile, context.GetProperty("contextActivities").GetProperty("category")[0].GetProperty("id").GetString());
            Assert.True(context.GetProperty("extensions").EnumerateObject().Single(e => e.Name.EndsWith("/client-asserted", StringComparison.Ordinal)).Value.GetBoolean());
        });
        Assert.Equal(("PT1M30S", 0.75m), (statements[^1].GetProperty("result").GetProperty("duration").GetString(), statements[^1].GetProperty("result").GetProperty("score").GetProperty("scaled").GetDecimal()));
    }

    private Task<PackageRegistration> RegistrationAsync(Guid id) => site.ReadAsync(db => db.PackageRegistrations.AsNoTracking().SingleAsync(r => r.Id == id));

    private static async Task<JsonElement> ReportAsync(Keeper keeper, ScormWindow window) =>
        (await keeper.SendAsync(HttpMethod.Get, $"/api/v1/registrations/{window.Registration}")).Body;
}
