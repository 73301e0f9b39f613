using Lms.Web.Data;
using Lms.Web.Features.Packages;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Cmi5;

/// <summary>Ends sessions and excuses from units: what the system says, not the unit. (cmi5 9.3.6, 9.3.7)</summary>
internal sealed class UnitSessions(LmsDbContext db, UnitPlays plays, StatementStore statements, TimeProvider clock)
{
    /// <summary>Abandons the sessions of a registration that are open, in the caller's unit of work.</summary>
    public async Task AbandonOpenAsync(UnitPlay play, CancellationToken ct)
    {
        var id = play.Registration.Id;
        foreach (var session in await db.UnitSessions.IgnoreQueryFilters().Where(s => s.RegistrationId == id && s.End == null).ToListAsync(ct))
            await AbandonAsync(play, session, ct);
    }

    /// <summary>Abandons a session. Null when done, else why not.</summary>
    public Task<string?> AbandonAsync(Guid registrationId, Guid sessionId, CancellationToken ct) =>
        db.RetryAsync(async () =>
        {
            var session = await db.UnitSessions.IgnoreQueryFilters().SingleOrDefaultAsync(s => s.Id == sessionId && s.RegistrationId == registrationId, ct);
            if (session is null) return "The registration has no such session.";
            if (session.End is not null) return "The session has ended.";
            await AbandonAsync(await plays.LoadAsync(await RegistrationAsync(registrationId, ct), ct), session, ct);
            await db.SaveChangesAsync(ct);
            return null;
        });

    /// <summary>Excuses a learner from a unit. Null when done, else why not.</summary>
    public Task<string?> WaiveAsync(Guid registrationId, int index, string reason, Guid? by, CancellationToken ct) =>
        db.RetryAsync(async () =>
        {
            var play = await plays.LoadAsync(await RegistrationAsync(registrationId, ct), ct);
            if (!play.IsCmi5) return "Only units of cmi5 courses can be waived.";
            if (index < 0 || index >= play.Course.Units.Count) return "The course has no such unit.";
            var text = reason.Trim();
            if (text.Length is 0 or > UnitRecord.LongestReason) return $"Give a reason, in at most {UnitRecord.LongestReason} characters.";
            var unit = play.Course.Units[index];
            var now = clock.GetUtcNow();
            if (!plays.RecordOf(play, unit).Waive(text, by, now.UtcDateTime)) return "The unit was waived before.";

            // A session of its own, in which nothing else is said but what is satisfied by it.
            var session = Guid.CreateVersion7(now).ToString();
            await statements.AppendAsync(play.Say.Waived(session, index, text, now), play.Registration.CentreId, ct);
            await plays.EvaluateAsync(play, session, ct);
            await db.SaveChangesAsync(ct);
            return null;
        });

    private async Task AbandonAsync(UnitPlay play, UnitSession session, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        session.Abandon(now.UtcDateTime);
        var unit = play.Course.Units.ToList().FindIndex(u => u.Id == session.PublisherId);
        // A version since then may have left the unit out; then there is nothing to name.
        if (play.IsCmi5 && unit >= 0) await statements.AppendAsync(play.Say.Abandoned(session.Name, unit, session.Duration, now), play.Registration.CentreId, ct);
    }

    private Task<PackageRegistration> RegistrationAsync(Guid id, CancellationToken ct) => db.PackageRegistrations.IgnoreQueryFilters().SingleAsync(r => r.Id == id, ct);
}
