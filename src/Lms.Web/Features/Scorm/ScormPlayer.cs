using System.Text.Json;
using System.Text.Json.Nodes;
using Lms.Standards.Packages;
using Lms.Standards.Scorm.DataModel;
using Lms.Standards.Scorm.Sequencing;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Packages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Scorm;

/// <summary>Plays SCORM 1.2 and SCORM 2004.</summary>
internal sealed class ScormPlayer(LmsDbContext db, ScormTrees trees, TimeProvider clock) : IPackagePlayer
{
    public bool Plays(PackageStandard standard) => standard is PackageStandard.Scorm12 or PackageStandard.Scorm2004;

    /// <summary>Lets one window in: the page of the player, which begins or resumes when it opens.</summary>
    public async Task<PlayerLaunch> LaunchAsync(PackageRegistration registration, LaunchTicket ticket, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var attempt = await db.ScormAttempts.SingleOrDefaultAsync(a => a.Id == registration.Id, ct);
        if (attempt is null) db.Add(attempt = new ScormAttempt { Id = registration.Id, CentreId = registration.CentreId });
        var token = Secret.NewText();
        attempt.Launch(Secret.TextHashOf(token), ticket, clock.GetUtcNow().UtcDateTime);
        return new PlayerLaunch($"{PlayModel.Path}/{token}");
    }

    /// <summary>The engine and what content said hang on the identifiers of activities: a new version finds them again. What is shown, is no more.</summary>
    public async Task MoveAsync(PackageRegistration registration, PackageVersion from, PackageVersion to, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(registration);
        (await db.ScormAttempts.SingleOrDefaultAsync(a => a.Id == registration.Id, ct))?.Clear();
    }

    public async Task<RegistrationReport> ReportAsync(PackageRegistration registration, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var tree = await trees.GetAsync(db, registration.PackageVersionId, ct);
        var state = await db.ScormSequencings.IgnoreQueryFilters().AsNoTracking().Where(s => s.AttemptId == registration.Id && !s.IsTrial).Select(s => s.State).SingleOrDefaultAsync(ct);
        var learner = RegisteredLearner.Of(registration).Key;
        var shared = await db.ScormLearners.IgnoreQueryFilters().AsNoTracking().Where(l => l.CentreId == registration.CentreId && l.Learner == learner).Select(l => l.Shared).SingleOrDefaultAsync(ct);
        var engine = string.IsNullOrEmpty(state) ? SequencingSession.Start(tree.Activities) : SequencingSession.Restore(tree.Activities, state, SharedStore.Restore(shared));
        var rows = await db.ScormActivities.IgnoreQueryFilters().AsNoTracking().Where(a => a.AttemptId == registration.Id).ToDictionaryAsync(a => a.Key, ct);
        return new RegistrationReport([.. tree.Listed.Index().Select(a => ReportOf(a.Index, engine.Status(a.Item.Id)!, rows.GetValueOrDefault(ScormActivity.KeyOf(a.Item.Id))))]);
    }

    private static ActivityReport ReportOf(int index, ActivityStatus status, ScormActivity? row) => new(
        index, status.Id, status.Title, ScormResults.CompletionOf(status), ScormResults.SuccessOf(status.Success),
        ScormResults.ScoreOf(status.Scaled, status.Objectives.FirstOrDefault(o => o.IsPrimary)), (double?)status.Progress,
        status.Success == Success.Unknown ? null : status.Success == Success.Passed,
        JsonSerializer.SerializeToNode(status, ScormJson.Readable),
        row is null ? null : new JsonObject(row.Given.Concat(row.Values).DistinctBy(v => v.Key).Select(v => KeyValuePair.Create(v.Key, (JsonNode?)JsonValue.Create(row.Values.GetValueOrDefault(v.Key, v.Value))))));
}
