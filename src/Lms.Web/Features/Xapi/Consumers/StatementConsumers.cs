using System.Security.Claims;
using System.Security.Cryptography;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Counting;
using Lms.Web.Jobs;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>Makes, changes and removes consumers, for those who manage their centre.</summary>
internal sealed class StatementConsumers(
    LmsDbContext db, Centres centres, ConsumerRules rules, ConsumerMatches matches, ConsumerClient client, ForwarderSignal signal, Outbox outbox,
    IStringLocalizer<XapiText> text, TimeProvider clock)
{
    // By then every commit is over that still knew the consumer.
    private static readonly TimeSpan ClearAfter = TimeSpan.FromSeconds(15);

    /// <summary>The consumers of the centres that the viewer manages.</summary>
    public IQueryable<StatementConsumer> Managed(ClaimsPrincipal viewer) =>
        viewer.CentresOf(Policies.Manager) is { } managed ? db.StatementConsumers.Where(c => managed.Contains(c.CentreId)) : db.StatementConsumers;

    public Task<StatementConsumer?> FindAsync(ClaimsPrincipal viewer, Guid id, CancellationToken ct) => Managed(viewer).SingleOrDefaultAsync(c => c.Id == id, ct);

    /// <summary>Makes a consumer. The secret is only in this answer, and only where it was made here.</summary>
    public async Task<(StatementConsumer? Consumer, string? Secret, IReadOnlyList<AccountProblem> Problems)> CreateAsync(
        ClaimsPrincipal viewer, Guid centreId, ConsumerDetails details, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(details);
        details = details.Tidy();
        var centre = (await centres.ManagedAsync(viewer, ct)).FirstOrDefault(c => c.Id == centreId);
        if (centre is null) return (null, null, [new("Centre", text["Choose a centre that you manage."])]);
        var problems = await rules.ProblemsAsync(details, present: null, centre.Kind == CentreKind.Hub ? null : centreId, ct);
        if (problems.Count > 0) return (null, null, problems);

        var made = details is { Kind: ConsumerKind.Webhook, Secret: null } ? WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32)) : null;
        var consumer = new StatementConsumer
        {
            CentreId = centreId, Kind = details.Kind, CreatedAt = Now, Name = details.Name!, Address = details.Address!, Version = details.Version!, Filter = details.Filter,
        };
        Apply(consumer, details with { Secret = details.Secret ?? made });
        db.Add(consumer);
        await SavedAsync(ct);
        return (consumer, made, []);
    }

    /// <summary>Problems by field; none when it is saved, null when there is no such consumer.</summary>
    public async Task<IReadOnlyList<AccountProblem>?> ChangeAsync(ClaimsPrincipal viewer, Guid id, ConsumerDetails details, CancellationToken ct)
    {
        if (await FindAsync(viewer, id, ct) is not { } consumer) return null;
        details = (details with { Kind = consumer.Kind }).Tidy();
        var problems = await rules.ProblemsAsync(details, consumer, await OnlyCentreAsync(consumer, ct), ct);
        if (problems.Count > 0) return problems;
        Apply(consumer, details);
        await SavedAsync(ct);
        return [];
    }

    /// <summary>What a paused consumer would get waits for it.</summary>
    public async Task<bool> SetPausedAsync(ClaimsPrincipal viewer, Guid id, bool paused, CancellationToken ct)
    {
        if (await FindAsync(viewer, id, ct) is not { } consumer) return false;
        consumer.SetPaused(paused);
        consumer.TryAtOnce();
        await SavedAsync(ct);
        return true;
    }

    /// <summary>Removes the consumer, and with time all that waits for it.</summary>
    public async Task<bool> DeleteAsync(ClaimsPrincipal viewer, Guid id, CancellationToken ct)
    {
        if (await FindAsync(viewer, id, ct) is not { } consumer) return false;
        db.Remove(consumer);
        outbox.Add(new ConsumerRemoved(consumer.Number), Now + ClearAfter);
        await SavedAsync(ct);
        return true;
    }

    /// <summary>Asks the consumer whether it is there and takes the credentials, without a statement.</summary>
    public async Task<ConsumerAnswer?> ProbeAsync(ClaimsPrincipal viewer, Guid id, CancellationToken ct)
    {
        if (await FindAsync(viewer, id, ct) is not { } consumer) return null;
        var answer = await client.ProbeAsync(consumer, ct);
        if (answer.Outcome == ConsumerOutcome.Failed) return answer;
        consumer.TryAtOnce();
        await SavedAsync(ct);
        return answer;
    }

    /// <summary>Sends again what was stored from that time on and matches; what waits anyway is not sent twice. False when there is no such consumer.</summary>
    public async Task<bool> ReplayAsync(ClaimsPrincipal viewer, Guid id, DateTime from, CancellationToken ct)
    {
        if (await FindAsync(viewer, id, ct) is not { } consumer) return false;
        var last = await db.Statements.IgnoreQueryFilters().Select(s => (long?)s.Sequence).MaxAsync(ct) ?? 0;
        var replay = consumer.StartReplay(from);
        outbox.Add(new ReplayAsked(consumer.Number, replay, Math.Max(0, from.Ticks - 1), last));
        await SavedAsync(ct);
        return true;
    }

    private async Task<Guid?> OnlyCentreAsync(StatementConsumer consumer, CancellationToken ct) =>
        await db.Centres.AnyAsync(c => c.Id == consumer.CentreId && c.Kind == CentreKind.Hub, ct) ? null : consumer.CentreId;

    private void Apply(StatementConsumer consumer, ConsumerDetails details)
    {
        (consumer.Name, consumer.Address, consumer.Version, consumer.Filter) = (details.Name!, details.Address!, details.Version!, details.Filter);
        (consumer.Authentication, consumer.UserName) = (details.Authentication, details.UserName);
        if (!details.NeedsSecret) consumer.Secret = null;
        else if (details.Secret is { } secret) consumer.Secret = client.Protect(secret);
        consumer.TryAtOnce();
    }

    // The forwarder writes other columns of the row meanwhile; only what changed here is saved.
    private async Task SavedAsync(CancellationToken ct)
    {
        await db.SaveAndRaiseAsync(StatementCursor.Consumers, ct);
        await matches.ReloadAsync(CancellationToken.None);
        signal.Set();
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
