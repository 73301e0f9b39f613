using System.Text.Json;
using Lms.Standards.Scorm.DataModel;
using Lms.Standards.Scorm.Sequencing;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Packages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Scorm;

/// <summary>
/// Learners' sessions with SCORM packages. The window tells what happened; the server holds it to the same data model, keeps it as it came, and
/// decides what follows: one unit of work.
/// </summary>
public sealed class ScormSessions(LmsDbContext db, ScormTrees trees, ScormMoves moves, ScormResults results, TimeProvider clock)
{
    private const int MostChanges = 5_000;

    /// <summary>A window opens: earlier ones may no longer commit, and what they left undone is suspended.</summary>
    public Task<ScormOutcome> OpenAsync(Guid registrationId, string token, string? start, CancellationToken ct) =>
        db.RetryAsync<ScormOutcome>(async () =>
        {
            if (await LoadAsync(registrationId, token, ct) is not { } play) return new ScormOutcome.Expired();
            // A page that is loaded again after the end shows the end; beginning anew takes a launch.
            if (play.Attempt.State == ScormSessionState.Ended) return new ScormOutcome.Done(await ScormViews.ReplyAsync(play, null, null, ct));
            if (play.Attempt.State == ScormSessionState.Ready) await play.BeginTrialAsync(ct);
            var engine = await play.EngineAsync(ct);
            if (play.Current is { } left) await moves.EndContentAsync(play, left, suspends: true, ct);
            play.Attempt.Open(Now);

            var toc = start == "toc" || (start is null && play.Attempt.Start == LaunchStart.Toc);
            var outcome = toc ? Pause(engine) : Begin(engine, play);
            var delivery = await moves.FollowAsync(play, outcome, ct);
            await results.RecordAsync(play, ct);
            play.Keep();
            await db.SaveChangesAsync(ct);
            return new ScormOutcome.Done(await ScormViews.ReplyAsync(play, delivery, null, ct));
        });

    /// <summary>Takes commits in their order. Those that came before change nothing; the answer is the same.</summary>
    public Task<ScormOutcome> CommitAsync(Guid registrationId, string token, IReadOnlyList<ScormCommitMessage> commits, CancellationToken ct) =>
        db.RetryAsync<ScormOutcome>(async () =>
        {
            ArgumentNullException.ThrowIfNull(commits);
            if (Fault(commits) is { } fault) return new ScormOutcome.Malformed(fault);
            if (await LoadAsync(registrationId, token, ct) is not { } play)
                return await IsAliveAsync(registrationId, ct) ? new ScormOutcome.Replaced() : new ScormOutcome.Expired();
            // Of windows that this database has never seen, because it was restored.
            if (commits.Any(c => c.Session > play.Attempt.Session)) return new ScormOutcome.Elsewhere();

            var late = commits.Where(c => c.Session < play.Attempt.Session || play.Attempt.State == ScormSessionState.Ended).ToList();
            if (late.Count > 0) await KeepLateAsync(play, late, ct);
            string? message = null;
            foreach (var commit in commits.Except(late).Where(c => c.Sequence > play.Attempt.Sequence).OrderBy(c => c.Sequence))
                message = await TakeAsync(play, commit, ct) ?? message;
            if (play.Moved) await results.RecordAsync(play, ct);
            play.Keep();
            await db.SaveChangesAsync(ct);
            if (late.Any(c => c.Session < play.Attempt.Session)) return new ScormOutcome.Elsewhere();
            return new ScormOutcome.Done(await ScormViews.ReplyAsync(play, await moves.OwedAsync(play, commits[^1].Delivery, ct), message, ct));
        });

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<ScormPlay?> LoadAsync(Guid registrationId, string token, CancellationToken ct)
    {
        var attempt = await db.ScormAttempts.SingleOrDefaultAsync(a => a.Id == registrationId, ct);
        if (attempt is null || !attempt.IsAlive(Now) || attempt.TokenHash != Secret.TextHashOf(token)) return null;
        var registration = await db.PackageRegistrations.SingleAsync(r => r.Id == registrationId, ct);
        return new ScormPlay(db, attempt, registration, await trees.GetAsync(db, registration.PackageVersionId, ct));
    }

    private async Task<bool> IsAliveAsync(Guid registrationId, CancellationToken ct) =>
        await db.ScormAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == registrationId, ct) is { } attempt && attempt.IsAlive(Now);

    private static string? Fault(IReadOnlyList<ScormCommitMessage> commits) =>
        commits.Count is 0 or > 1_000 ? "There must be between 1 and 1000 commits."
        : commits.Any(c => c.Session < 1 || c.Sequence < 1) ? "Sessions and sequence numbers begin with 1."
        : commits.Any(c => c.Changes?.Count > MostChanges) ? $"A commit changes {MostChanges} elements at most."
        : commits.Any(c => c.Changes?.Values.Any(v => v is null) == true) ? "An element has no value."
        : commits.Any(c => c.Calls is { } calls && calls.ValueKind != JsonValueKind.Array) ? "The calls are a list."
        : commits.Any(c => c.Target?.Length > 4_000 || c.Wish?.Length > 4_100 || c.Request?.Length > 50) ? "A request is too long."
        : null;

    private static NavigationOutcome Begin(SequencingSession engine, ScormPlay play)
    {
        var asked = play.Attempt.ActivityIndex is { } index ? play.Tree.Listed.ElementAtOrDefault(index) : null;
        if (asked is null) return engine.Open();
        Pause(engine);
        var chosen = engine.Navigate(new NavigationRequest(NavigationKind.Choice, asked.Id));
        return chosen.Delivered is null ? engine.Open() : chosen;
    }

    private static NavigationOutcome Pause(SequencingSession engine)
    {
        if (engine.IsOpen) engine.Navigate(new NavigationRequest(NavigationKind.SuspendAll));
        return new NavigationOutcome();
    }

    /// <summary>Takes a commit over. Answers what the learner must be told, if anything.</summary>
    private async Task<string?> TakeAsync(ScormPlay play, ScormCommitMessage commit, CancellationToken ct)
    {
        var shown = commit.Delivery == play.Attempt.Delivery ? play.Current : null;
        var pressed = ScormRequests.Parse(commit.Request, commit.Target);
        var abandons = (pressed ?? NavigationRequest.Parse(commit.Wish))?.Kind is NavigationKind.Abandon or NavigationKind.AbandonAll;
        // What an abandoned attempt still says does not count (SN TB.2.3).
        var refused = shown is null || abandons ? null : await moves.SayAsync(play, shown, commit, ct);
        db.Add(Row(play, commit, shown?.Id, ScormCommitOutcome.Applied, refused));
        play.Attempt.Take(commit.Sequence, Now);
        return commit.Terminated || pressed is not null ? await moves.MoveAsync(play, shown, pressed, commit.Wish, abandons, ct) : null;
    }

    /// <summary>What came too late is kept, but changes nothing: what came first was decided upon.</summary>
    private async Task KeepLateAsync(ScormPlay play, List<ScormCommitMessage> late, CancellationToken ct)
    {
        foreach (var commit in late)
            if (!await db.ScormCommits.AnyAsync(c => c.AttemptId == play.Attempt.Id && c.Session == commit.Session && c.Sequence == commit.Sequence, ct))
                db.Add(Row(play, commit, null, ScormCommitOutcome.Late, null));
    }

    private ScormCommit Row(ScormPlay play, ScormCommitMessage commit, string? activityId, ScormCommitOutcome outcome, string? refused) => new()
    {
        AttemptId = play.Attempt.Id,
        Session = commit.Session,
        Sequence = commit.Sequence,
        CentreId = play.Attempt.CentreId,
        ActivityId = activityId,
        At = Now,
        DeviceAt = ScormRequests.DeviceTime(commit.At, Now),
        Outcome = outcome,
        Initialized = commit.Initialized,
        Terminated = commit.Terminated,
        Request = commit.Request is null ? commit.Wish : $"{commit.Request} {commit.Target}".TrimEnd(),
        Changes = JsonSerializer.Serialize(commit.Changes ?? new Dictionary<string, string>()),
        Calls = commit.Calls?.GetRawText() ?? "[]",
        Refused = refused,
    };
}

/// <summary>Requests as windows write them.</summary>
internal static class ScormRequests
{
    public static NavigationRequest? Parse(string? request, string? target) => request switch
    {
        "start" => new NavigationRequest(NavigationKind.Start),
        "resumeAll" => new NavigationRequest(NavigationKind.ResumeAll),
        "choice" when target is not null => new NavigationRequest(NavigationKind.Choice, target),
        _ => NavigationRequest.Parse(request),
    };

    /// <summary>A device's clock may be anything.</summary>
    public static DateTime DeviceTime(long milliseconds, DateTime otherwise) =>
        milliseconds is > 0 and < 4_102_444_800_000 ? DateTime.UnixEpoch.AddMilliseconds(milliseconds) : otherwise;
}
