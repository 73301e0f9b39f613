using System.Globalization;
using Lms.Standards.Scorm.DataModel;
using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;
using Lms.Web.Data;
using Lms.Web.Features.Packages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Scorm;

/// <summary>Makes a content object ready: with its data model as it will find it.</summary>
public sealed class ScormDeliveries(LmsDbContext db, TimeProvider clock)
{
    /// <summary>A new delivery. Where a suspended attempt goes on, the content finds what it said; in SCORM 1.2 it always does.</summary>
    internal async Task<ScormDelivery> DeliverAsync(ScormPlay play, Activity activity, NavigationOutcome outcome, CancellationToken ct)
    {
        var engine = await play.EngineAsync(ct);
        var row = await play.RowAsync(activity, ct);
        var given = ContentSession.Given(play.Is2004, engine.Status(activity.Id)!, engine.SharedDataOf(activity.Id));
        // In SCORM 1.2 content always finds what it said, and so does whoever only looks.
        var keeps = outcome.Resumes || !play.Is2004 || !play.Attempt.IsForCredit;
        var known = row.Values.Count > 0;
        var entry = outcome.Resumes ? "resume" : play.Is2004 || !known ? "ab-initio" : "";
        row.Deliver(given, keeps ? ContentSession.Resumed(row.Values, given) : new Dictionary<string, string>(), entry, clock.GetUtcNow().UtcDateTime);
        // A new attempt knows nothing; what SCORM 1.2 content said before still holds.
        if (!play.Is2004 && known) engine.Record(activity.Id, ContentSession.Report(false, activity.Definition, row.Values, play.ModelOf(activity, row)));
        return await AgainAsync(play, activity, ct);
    }

    /// <summary>Shows once more what the learner could not leave.</summary>
    internal static async Task ReturnAsync(ScormPlay play, Activity activity, CancellationToken ct)
    {
        play.Attempt.Deliver(activity.Id);
        (await play.RowAsync(activity, ct)).Entry = "resume";
    }

    /// <summary>The delivery that is under way, as it stands.</summary>
    internal async Task<ScormDelivery> AgainAsync(ScormPlay play, Activity activity, CancellationToken ct)
    {
        var row = await play.RowAsync(activity, ct);
        var engine = await play.EngineAsync(ct);
        var values = new Dictionary<string, string>(row.Given, StringComparer.Ordinal);
        foreach (var (path, value) in ContentSession.FromManifest(play.Is2004, activity.Definition)) values[path] = value;
        foreach (var (path, value) in await OfLearnerAsync(play, row, ct)) values[path] = value;
        foreach (var (path, value) in row.Values) values[path] = value;
        foreach (var (index, bucket) in engine.SharedDataOf(activity.Id).Index())
            if (bucket.Store is { } store) values[string.Create(CultureInfo.InvariantCulture, $"adl.data.{index}.store")] = store;
        foreach (var (path, value) in ScormViews.Validity(play.Is2004, engine.View)) values[path] = value;

        return new ScormDelivery(
            play.Attempt.Delivery, activity.Id, play.Is2004 ? "2004" : "1.2", activity.Definition.Href!.Url, activity.Definition.Title, values,
            ContentSession.Access(activity.Definition).ToDictionary(a => a.Key, a => (int)a.Value));
    }

    private async Task<IEnumerable<KeyValuePair<string, string>>> OfLearnerAsync(ScormPlay play, ScormActivity row, CancellationToken ct)
    {
        var registration = play.Registration;
        var learner = RegisteredLearner.Of(registration);
        var name = learner.Agent.Name
            ?? (registration.LearnerId is { } person ? await db.Users.Where(u => u.Id == person).Select(u => u.Name).SingleOrDefaultAsync(ct) : null) ?? "";
        var mode = play.Attempt.Mode switch { LaunchMode.Browse => "browse", LaunchMode.Review => "review", _ => "normal" };
        var credit = play.Attempt.IsForCredit ? "credit" : "no-credit";
        return play.Is2004
            ? new Dictionary<string, string>
            {
                ["cmi.learner_id"] = learner.Id, ["cmi.learner_name"] = name, ["cmi.mode"] = mode, ["cmi.credit"] = credit, ["cmi.entry"] = row.Entry,
            }
            : new Dictionary<string, string>
            {
                ["cmi.core.student_id"] = learner.Id, ["cmi.core.student_name"] = name, ["cmi.core.lesson_mode"] = mode, ["cmi.core.credit"] = credit, ["cmi.core.entry"] = row.Entry,
            };
    }
}
