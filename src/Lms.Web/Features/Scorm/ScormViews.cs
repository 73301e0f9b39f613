using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;

namespace Lms.Web.Features.Scorm;

/// <summary>What the window hears: the contents, the controls, and what the content may ask for.</summary>
internal static class ScormViews
{
    private static readonly (string Name, LmsControl Control)[] Controls =
    [
        ("continue", LmsControl.Continue), ("previous", LmsControl.Previous), ("exit", LmsControl.Exit), ("exitAll", LmsControl.ExitAll),
        ("abandon", LmsControl.Abandon), ("abandonAll", LmsControl.AbandonAll), ("suspendAll", LmsControl.SuspendAll),
    ];

    /// <summary>The answer to a request. Nothing of the engine is asked when nothing has moved.</summary>
    internal static async Task<ScormReply> ReplyAsync(ScormPlay play, ScormDelivery? delivery, string? message, CancellationToken ct)
    {
        var attempt = play.Attempt;
        var reply = new ScormReply
        {
            Session = attempt.Session,
            Activity = attempt.ActivityId,
            Delivery = delivery,
            Ended = attempt.State == ScormSessionState.Ended ? attempt.EndedAs : null,
            Message = message,
        };
        if (!play.Moved && reply.Ended is null && delivery is null) return reply;
        var engine = await play.EngineAsync(ct);
        var view = engine.View;
        return reply with { View = Shown(play, engine, view), Values = delivery is null && attempt.ActivityId is not null ? Validity(play.Is2004, view) : null };
    }

    /// <summary><c>adl.nav.request_valid</c> (SN 5.6.2).</summary>
    internal static Dictionary<string, string> Validity(bool scorm2004, SequencingView view)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!scorm2004) return values;
        values["adl.nav.request_valid.continue"] = view.Valid.Contains(LmsControl.Continue) ? "true" : "false";
        values["adl.nav.request_valid.previous"] = view.Valid.Contains(LmsControl.Previous) ? "true" : "false";
        foreach (var id in view.Choices) values[$"adl.nav.request_valid.choice.{{target={id}}}"] = "true";
        foreach (var id in view.Jumps) values[$"adl.nav.request_valid.jump.{{target={id}}}"] = "true";
        return values;
    }

    internal static ScormView Shown(ScormPlay play, SequencingSession engine, SequencingView view)
    {
        var launchable = play.Tree.Launchable.Select(a => engine.Status(a.Id)!).ToList();
        return new ScormView(
            [.. view.Contents.Select(c => new ScormTocItem(c.Id, c.Title, c.Depth, c.IsEnabled, StatusOf(c)))],
            Controls.ToDictionary(c => c.Name, c => new ScormControl(view.Valid.Contains(c.Control), view.Hidden.Contains(c.Control))),
            view.CanResume ? "resumeAll" : view.CanStart ? "start" : null,
            launchable.Count(IsDone), launchable.Count, ResultOf(engine.Course));
    }

    private static bool IsDone(ActivityStatus status) =>
        status.Completion == Completion.Completed || (status.Completion == Completion.Unknown && status.Success == Success.Passed);

    private static string StatusOf(TocEntry entry) =>
        entry.Success == Success.Failed ? "failed"
        : entry.Completion == Completion.Completed || entry.Success == Success.Passed ? "done"
        : entry.Completion == Completion.Incomplete ? "begun" : "";

    private static string ResultOf(ActivityStatus course) =>
        course.Success == Success.Failed ? "failed" : course.Success == Success.Passed ? "passed"
        : course.Completion == Completion.Completed ? "completed" : "incomplete";
}
