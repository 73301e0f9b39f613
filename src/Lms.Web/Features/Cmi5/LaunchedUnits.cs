using System.Text.Json;
using Lms.Standards.Cmi5;
using Lms.Standards.Cmi5.TinCan;
using Lms.Standards.Packages;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Xapi;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Features.Xapi.Protocol;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Cmi5;

/// <summary>How the tokens of launches are told from other keys.</summary>
internal static class UnitTokens
{
    public const string Prefix = "launch.";
}

/// <summary>Units in the record store: who they are, what they may ask, and what follows from what they say.</summary>
internal sealed class LaunchedUnits(LmsDbContext db, StatementUnits units, UnitPlays plays, UnitRequests requests, XapiAddresses addresses, TimeProvider clock) : ILaunchedContent
{
    public async Task<LrsClient?> ClientAsync(string key, string secret, CancellationToken ct)
    {
        if (!key.StartsWith(UnitTokens.Prefix, StringComparison.Ordinal) || !Guid.TryParseExact(key[UnitTokens.Prefix.Length..], "N", out var id)) return null;
        // Nobody is let in yet, so no scope lets the row be seen.
        var session = await db.UnitSessions.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);
        if (session?.Accepts(secret) != true) return null;
        const LrsScopes scopes = LrsScopes.StatementsWrite | LrsScopes.StatementsRead | LrsScopes.State | LrsScopes.Profile;
        var authority = new Authority(Agent.Account(addresses.Root, $"registration:{session.RegistrationId}"));
        return new LrsClient(session.Id, session.CentreId, SeesAll: false, scopes, authority) { Launch = new Launch(session.Id, session.RegistrationId) };
    }

    public async Task<IResult?> RefusalAsync(LrsClient client, HttpContext http, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(http);
        var session = await db.UnitSessions.SingleAsync(s => s.Id == client.Launch!.Session, ct);
        return await requests.BreachAsync(session, http, ct) is { } breach
            ? XapiProblem.Of("launch", breach.Reason, "Ask for what the launch is for.", StatusCodes.Status403Forbidden, breach.Requirement)
            : null;
    }

    public Task<StoreResult> StoreAsync(LrsClient client, IReadOnlyList<StatementEntry> batch, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(client);
        return db.RetryAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var unit = await units.BeginAsync(ct);
            var session = await db.UnitSessions.SingleAsync(s => s.Id == client.Launch!.Session, ct);
            if (UnitRequests.Closed(session, clock.GetUtcNow().UtcDateTime) is { } closed) return Refused(closed);
            // A statement sent again is acknowledged again, and means nothing new.
            var (fresh, conflict) = unit.Sift(batch);
            if (conflict is not null) return conflict;
            if (fresh.Count == 0) return new StoreResult.Stored();

            var registration = await db.PackageRegistrations.IgnoreQueryFilters().SingleAsync(r => r.Id == session.RegistrationId, ct);
            var play = await plays.LoadAsync(registration, ct);
            var breach = session.Standard == PackageStandard.Cmi5 ? TakeUnit(play, session, fresh) : TakePlain(play, session, fresh);
            if (breach is not null) return Refused(breach);

            unit.Store(fresh);
            await plays.EvaluateAsync(play, session.Name, ct);
            await unit.CommitAsync(ct);
            return (StoreResult)new StoreResult.Stored();
        });
    }

    private static StoreResult.Refused Refused(SessionBreach breach) => new(breach.Requirement, breach.Reason);

    private SessionBreach? TakeUnit(UnitPlay play, UnitSession session, IReadOnlyList<StatementEntry> fresh)
    {
        if (fresh.Any(e => !e.HasOwnId)) return new("9.1.0.0-1 (d)", "The statement has no id.");
        var unit = play.Course.Units.FirstOrDefault(u => u.Id == session.PublisherId);
        var before = unit is null ? null : play.Find(unit);
        var admission = session.State(before?.Said ?? AuVerbs.None).Admit(fresh.Select(Parse));
        if (admission.Breach is { } breach) return breach;

        var now = clock.GetUtcNow().UtcDateTime;
        var said = admission.After.Said & ~session.Said;
        session.Take(admission.After, now);
        if (unit is null || (said & (AuVerbs.Completed | AuVerbs.Passed | AuVerbs.Failed)) == 0) return null;
        bool? passed = said.HasFlag(AuVerbs.Passed) ? true : said.HasFlag(AuVerbs.Failed) ? false : null;
        plays.RecordOf(play, unit).Say(said.HasFlag(AuVerbs.Completed), passed, passed is null ? null : admission.After.Score, now);
        return null;
    }

    private SessionBreach? TakePlain(UnitPlay play, UnitSession session, IReadOnlyList<StatementEntry> fresh)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var statements = fresh.Select(Parse).ToList();
        if (statements.Select(s => TinCanStatements.Breach(s, session.ActorKey, session.RegistrationId)).FirstOrDefault(b => b is not null) is { } breach) return breach;
        session.Hear(now);
        if (session.Mode != LaunchMode.Normal || play.Course.Units.FirstOrDefault(u => u.Id == session.PublisherId) is not { } unit) return null;
        foreach (var outcome in statements.Select(s => TinCanStatements.Outcome(s, session.ActivityId)).OfType<TinCanOutcome>())
            plays.RecordOf(play, unit).Say(outcome.Completed, outcome.Passed, outcome.Score, now);
        return null;
    }

    private static JsonElement Parse(StatementEntry entry) => JsonDocument.Parse(entry.Json).RootElement;
}
