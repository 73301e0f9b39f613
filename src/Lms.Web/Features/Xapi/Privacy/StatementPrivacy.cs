using System.Security.Claims;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Privacy;

/// <summary>What a rule would do now: an estimate that looks at a bounded number of statements.</summary>
/// <param name="Statements">About how many statements.</param>
/// <param name="IsMore">True when there are still more.</param>
public sealed record RetentionEstimate(long Statements, bool IsMore);

/// <summary>Erases agents and keeps retention rules, for the centres that somebody manages.</summary>
public sealed class StatementPrivacy(LmsDbContext db, Outbox outbox, ApplyRetention retention, TimeProvider time)
{
    private const int MostCounted = 10_000;
    private const int Sample = 500;
    private const int MostEntries = 50;

    /// <summary>Takes an agent out of the statements of every centre that the person manages. Asked for again while that goes on, it does nothing.</summary>
    public async Task EraseAsync(string agentKey, bool withContent, string reason, ClaimsPrincipal user, CancellationToken ct)
    {
        IEnumerable<Guid?> centres = user.CentresOf(Policies.Manager) is { } some ? some.Cast<Guid?>() : [null];
        foreach (var centre in centres)
        {
            if (await db.Erasures.AnyAsync(e => e.AgentKey == agentKey && e.CentreId == centre && e.DoneAt == null, ct)) continue;
            var erasure = Erasure.Of(agentKey, centre, withContent, reason, user.PersonId(), Now);
            db.Add(erasure);
            outbox.Add(new ErasureDue(erasure.Id, erasure.Step));
        }
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Whether the agent stands in a statement of a centre that the person manages.</summary>
    public Task<bool> MayEraseAsync(long agentId, ClaimsPrincipal user, CancellationToken ct)
    {
        var statements = Managed(user);
        return db.StatementAgents.Where(a => a.AgentId == agentId).Select(a => a.Sequence).Concat(db.VoidedAgents.Where(a => a.AgentId == agentId).Select(a => a.Sequence))
            .AnyAsync(sequence => statements.Any(s => s.Sequence == sequence), ct);
    }

    /// <summary>The last erasures, newest first.</summary>
    public async Task<IReadOnlyList<Erasure>> ErasuresAsync(CancellationToken ct) =>
        await db.Erasures.AsNoTracking().OrderByDescending(e => e.Id).Take(MostEntries).ToListAsync(ct);

    public async Task<IReadOnlyList<Centre>> CentresAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        var centres = db.Centres.AsNoTracking();
        if (user.CentresOf(Policies.Manager) is { } some) centres = centres.Where(c => some.Contains(c.Id));
        return await centres.OrderBy(c => c.Name).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<RetentionRule>> RulesAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        var rules = db.RetentionRules.AsNoTracking();
        if (user.CentresOf(Policies.Manager) is { } some) rules = rules.Where(r => some.Contains(r.CentreId));
        return await rules.OrderBy(r => r.Id).ToListAsync(ct);
    }

    /// <summary>Makes a rule that is switched off. False when there is one like it.</summary>
    public async Task<bool> AddRuleAsync(Guid centreId, string activityType, int months, RetentionAction action, Guid by, CancellationToken ct)
    {
        if (await db.RetentionRules.AnyAsync(r => r.CentreId == centreId && r.ActivityType == activityType && r.Action == action, ct)) return false;
        db.Add(new RetentionRule { CentreId = centreId, ActivityType = activityType, Months = months, Action = action, ChangedBy = by, ChangedAt = Now });
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException lost) when (db.IsUniqueViolation(lost))
        {
            return false;
        }
    }

    public Task<bool> SwitchAsync(Guid ruleId, bool on, ClaimsPrincipal user, CancellationToken ct) => ChangeAsync(ruleId, user, rule =>
    {
        if (rule.IsOn == on) return;
        rule.Switch(on, user.PersonId(), Now);
        if (on) outbox.Add(new RetentionDue(rule.Id, rule.Step));
    }, ct);

    public Task<bool> RemoveAsync(Guid ruleId, ClaimsPrincipal user, CancellationToken ct) => ChangeAsync(ruleId, user, rule => db.Remove(rule), ct);

    /// <summary>What the rule would do if it ran now. Of one activity type, a sample tells the share.</summary>
    public async Task<RetentionEstimate> EstimateAsync(RetentionRule rule, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var (after, limit) = (rule.Through, rule.LimitAt(Now));
        var old = db.Statements.AsNoTracking().Where(s => s.CentreId == rule.CentreId && s.Sequence > after && s.Sequence < limit);
        var count = await old.OrderBy(s => s.Sequence).Take(MostCounted + 1).Select(s => s.Sequence).CountAsync(ct);
        var (known, isMore) = (Math.Min(count, MostCounted), count > MostCounted);
        if (rule.ActivityType.Length == 0 || known == 0) return new RetentionEstimate(known, isMore);
        var sample = await old.OrderBy(s => s.Sequence).Take(Sample).ToListAsync(ct);
        var share = (await retention.MeantAsync(sample, rule.ActivityType, ct)).Count / (double)sample.Count;
        return new RetentionEstimate((long)Math.Round(known * share), isMore);
    }

    private Task<bool> ChangeAsync(Guid ruleId, ClaimsPrincipal user, Action<RetentionRule> change, CancellationToken ct) => db.RetryAsync(async () =>
    {
        if (await db.RetentionRules.SingleOrDefaultAsync(r => r.Id == ruleId, ct) is not { } rule || !user.Has(Policies.Manager, rule.CentreId)) return false;
        change(rule);
        await db.SaveChangesAsync(ct);
        return true;
    });

    private IQueryable<StoredStatement> Managed(ClaimsPrincipal user) =>
        user.CentresOf(Policies.Manager) is { } some ? db.Statements.Where(s => some.Contains(s.CentreId)) : db.Statements;

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
