using System.Text.Json;
using System.Text.Json.Nodes;
using Lms.Standards.Packages;
using Lms.Web.Data;
using Lms.Web.Features.Packages;
using Microsoft.EntityFrameworkCore;
using UnitMode = Lms.Standards.Cmi5.LaunchMode;

namespace Lms.Web.Features.Cmi5;

/// <summary>Plays cmi5 courses and plain xAPI packages.</summary>
internal sealed class Cmi5Player(LmsDbContext db, UnitPlays plays, UnitLauncher launcher, UnitSessions sessions, ContentsTokens contents) : IPackagePlayer, IPackageWaiving
{
    public bool Plays(PackageStandard standard) => standard is PackageStandard.Cmi5 or PackageStandard.TinCan;

    public async Task<PlayerLaunch> LaunchAsync(PackageRegistration registration, LaunchTicket ticket, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var play = await plays.LoadAsync(registration, ct);
        var mode = ModeOf(ticket.Mode);
        if (ticket.Start != LaunchStart.Toc && (ticket.ActivityIndex ?? OnlyUnit(play)) is { } index)
            return new PlayerLaunch(await launcher.LaunchAsync(play, index, mode, ticket.ReturnUrl, ct));
        await plays.EvaluateAsync(play, null, ct);
        return new PlayerLaunch(contents.PathOf(new ContentsTicket(registration.Id, mode, ticket.ReturnUrl)));
    }

    /// <summary>Nothing needs carrying: what is known of a unit hangs on its publisher's id, and what is satisfied is found out at the next launch.</summary>
    public Task MoveAsync(PackageRegistration registration, PackageVersion from, PackageVersion to, CancellationToken ct) => Task.CompletedTask;

    public async Task<RegistrationReport> ReportAsync(PackageRegistration registration, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var play = await plays.LoadAsync(registration, ct);
        var launched = await db.UnitSessions.IgnoreQueryFilters().AsNoTracking().Where(s => s.RegistrationId == registration.Id).OrderBy(s => s.LaunchedAt).ToListAsync(ct);
        var satisfied = play.Satisfaction.Units;
        return new RegistrationReport([.. play.Version.Activities.Select(activity =>
        {
            var unit = play.Course.Units[activity.Index];
            var own = launched.FindAll(s => s.PublisherId == unit.Id);
            var record = play.Find(unit);
            var completion = record?.CompletedAt is not null ? PackageCompletion.Completed : own.Count > 0 ? PackageCompletion.Incomplete : PackageCompletion.NotAttempted;
            return new ActivityReport(activity.Index, activity.Id, activity.Title, completion, record?.Success ?? PackageSuccess.Unknown, record?.Score, null, satisfied[activity.Index], TrackingOf(play.ActivityOf(unit), unit.MoveOn.ToString(), record, own));
        })]);
    }

    public Task<string?> WaiveAsync(PackageRegistration registration, int activityIndex, string reason, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(registration);
        return sessions.WaiveAsync(registration.Id, activityIndex, reason, null, ct);
    }

    public Task<string?> AbandonAsync(PackageRegistration registration, Guid session, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(registration);
        return sessions.AbandonAsync(registration.Id, session, ct);
    }

    private static UnitMode ModeOf(LaunchMode mode) => mode switch
    {
        LaunchMode.Browse => UnitMode.Browse,
        LaunchMode.Review => UnitMode.Review,
        _ => UnitMode.Normal,
    };

    private static int? OnlyUnit(UnitPlay play)
    {
        var launchable = play.Version.Activities.Where(a => a.Launchable).Take(2).ToList();
        return launchable is [var only] ? only.Index : null;
    }

    private static JsonNode? TrackingOf(string activity, string moveOn, UnitRecord? record, List<UnitSession> launched) => JsonSerializer.SerializeToNode(new
    {
        activityId = activity,
        moveOn,
        completedAt = record?.CompletedAt,
        passedAt = record?.PassedAt,
        failedAt = record?.FailedAt,
        waivedAt = record?.WaivedAt,
        waivedReason = record?.WaivedReason,
        sessions = launched.Select(s => new
        {
            id = s.Id,
            mode = s.Mode.ToString(),
            launchedAt = s.LaunchedAt,
            endedAt = s.EndedAt,
            end = s.End?.ToString(),
            said = s.Said.ToString(),
        }),
    });
}
