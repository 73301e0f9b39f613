using System.Globalization;
using System.Text.Json;
using Lms.Standards.Scorm.DataModel;
using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;
using Lms.Web.Data;
using Lms.Web.Features.Packages;

namespace Lms.Web.Features.Scorm;

/// <summary>What follows when content says something, ends, or is left, in the caller's unit of work.</summary>
public sealed class ScormMoves(ScormStatements statements, ScormDeliveries deliveries, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Takes what the content set over into its data model. Answers what was refused, as JSON.</summary>
    internal async Task<string?> SayAsync(ScormPlay play, Activity activity, ScormCommitMessage commit, CancellationToken ct)
    {
        var row = await play.RowAsync(activity, ct);
        if (commit.Initialized && !row.Running)
        {
            row.Running = true;
            await statements.BeganAsync(play, activity, row, ct);
        }
        // Who only looks, changes nothing.
        if (!play.Attempt.IsForCredit || commit.Changes is not { Count: > 0 } changes) return null;

        var (model, said) = (play.ModelOf(activity, row), new Dictionary<string, string>(row.Values, StringComparer.Ordinal));
        var refused = new Dictionary<string, int>();
        foreach (var (path, value) in changes)
        {
            if (model.Apply(path, value) is not 0 and var code) refused[path] = code;
        }
        foreach (var path in said.Keys.Concat(changes.Keys).ToList())
            if (!refused.ContainsKey(path) && model.Values.TryGetValue(path, out var kept)) said[path] = kept;
            else if (!model.Values.ContainsKey(path)) said.Remove(path);
        await WriteSharedAsync(play, activity, said, ct);
        row.Say(said, Now);
        if (changes.Keys.Any(IsStanding)) await RecordAsync(play, activity, row, ct);
        return refused.Count == 0 ? null : JsonSerializer.Serialize(refused);
    }

    /// <summary>The content has ended, or is left: what it said is settled, and then the request is followed. Answers what the learner must be told.</summary>
    internal async Task<string?> MoveAsync(ScormPlay play, Activity? shown, NavigationRequest? pressed, string? wish, bool abandons, CancellationToken ct)
    {
        play.Moved = true;
        var engine = await play.EngineAsync(ct);
        var exit = shown is null ? null : (await play.FindAsync(shown, ct))?.Values.GetValueOrDefault(play.Is2004 ? "cmi.exit" : "cmi.core.exit");
        var request = NavigationRequest.AfterContent(pressed, exit, wish);
        if (shown is not null && !abandons) await EndContentAsync(play, shown, request?.Kind == NavigationKind.SuspendAll, ct);
        if (request is null) return null;
        var outcome = engine.Navigate(request);
        await FollowAsync(play, outcome, ct, EndedBy(request.Kind));
        if (pressed is null || outcome is { ExceptionCode: null } or { SessionEnded: true }) return null;
        // The window has taken the content away, but the learner is still there.
        if (outcome.Refused && shown is not null) await ScormDeliveries.ReturnAsync(play, shown, ct);
        return "refused";
    }

    /// <summary>Settles what a content object said in its session.</summary>
    internal async Task EndContentAsync(ScormPlay play, Activity activity, bool suspends, CancellationToken ct)
    {
        // Once: what was settled when it said good-bye is not settled again when it is taken away.
        if (!play.Attempt.IsForCredit || await play.FindAsync(activity, ct) is not { Running: true } row) return;
        var (session, exit) = play.Is2004 ? ("cmi.session_time", "cmi.exit") : ("cmi.core.session_time", "cmi.core.exit");
        var (took, left) = (row.Values.GetValueOrDefault(session), row.Values.GetValueOrDefault(exit));
        suspends |= left is "suspend" || (left is "logout" && play.Is2004);
        var said = suspends ? new Dictionary<string, string>(row.Values) { [exit] = "suspend" } : row.Values;
        row.Say(ContentSession.Ended(play.Is2004, activity.Definition, said), Now);
        await RecordAsync(play, activity, row, ct, suspends);
        await statements.EndedAsync(play, activity, row, took, suspends, ct);
        row.Running = false;
    }

    /// <summary>Does as the engine decided: delivers, clears or ends.</summary>
    internal async Task<ScormDelivery?> FollowAsync(ScormPlay play, NavigationOutcome outcome, CancellationToken ct, string? ended = null)
    {
        play.Moved = true;
        if (outcome.Delivered is { } id)
        {
            var activity = play.Tree.Activities.Find(id)!;
            play.Attempt.Deliver(id);
            return await deliveries.DeliverAsync(play, activity, outcome, ct);
        }
        if (outcome.SessionEnded) play.Attempt.End(ended ?? "finished");
        else if (!outcome.Refused) play.Attempt.Clear();
        return null;
    }

    /// <summary>What the window has yet to show: it may not have heard the answer to an earlier commit.</summary>
    internal async Task<ScormDelivery?> OwedAsync(ScormPlay play, int shown, CancellationToken ct) =>
        play.Current is { } current && play.Attempt.Delivery != shown ? await deliveries.AgainAsync(play, current, ct) : null;

    private static string EndedBy(NavigationKind kind) => kind switch
    {
        NavigationKind.SuspendAll => "suspended",
        NavigationKind.AbandonAll or NavigationKind.Abandon => "abandoned",
        _ => "finished",
    };

    private async Task RecordAsync(ScormPlay play, Activity activity, ScormActivity row, CancellationToken ct, bool suspends = false)
    {
        play.Moved = true;
        var report = ContentSession.Report(play.Is2004, activity.Definition, row.Values, play.ModelOf(activity, row));
        if ((await play.EngineAsync(ct)).Record(activity.Id, report with { Suspends = suspends })) await statements.StandsAsync(play, activity, row, report, ct);
    }

    private static async Task WriteSharedAsync(ScormPlay play, Activity activity, Dictionary<string, string> said, CancellationToken ct)
    {
        for (var i = 0; i < activity.Definition.SharedData.Count; i++)
        {
            // The bucket keeps it, not the content's own data.
            if (said.Remove(string.Create(CultureInfo.InvariantCulture, $"adl.data.{i}.store"), out var store))
                (await play.EngineAsync(ct)).WriteSharedData(activity.Id, activity.Definition.SharedData[i].Target, store);
        }
    }

    /// <summary>Whether an element tells how the learner stands, which the engine and the record must know at once.</summary>
    private static bool IsStanding(string path) =>
        path.EndsWith("_status", StringComparison.Ordinal) || path.EndsWith(".status", StringComparison.Ordinal) || path.Contains(".score.", StringComparison.Ordinal)
        || path.EndsWith(".progress_measure", StringComparison.Ordinal);
}
