using System.Security.Claims;
using System.Text.Json.Serialization;
using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Consumers;

[JsonConverter(typeof(JsonStringEnumConverter<ConsumerState>))]
public enum ConsumerState
{
    UpToDate,
    Delivering,
    Behind,
    Retrying,
    Denied,
    Paused,
}

/// <summary>A consumer and how far it is behind.</summary>
/// <param name="Oldest">When the oldest statement was stored that it has not had; null when it has all.</param>
/// <param name="Waiting">How many wait, counted up to <see cref="ConsumerList.MostCounted"/>.</param>
internal sealed record ConsumerRow(StatementConsumer Consumer, string Centre, DateTime? Oldest, int Waiting, DateTime Now)
{
    private static readonly TimeSpan Tolerable = TimeSpan.FromMinutes(5);

    public TimeSpan Lag => Oldest is { } since && since < Now ? Now - since : TimeSpan.Zero;

    /// <summary>A replay sends what is old by its nature.</summary>
    public bool IsBehind => Lag > Tolerable && Consumer.ReplayId is null;

    public ConsumerState State => Consumer switch
    {
        { Paused: true } => ConsumerState.Paused,
        { Problem: ConsumerProblem.Denied, Failures: > 0 } => ConsumerState.Denied,
        { Failures: > 0 } => ConsumerState.Retrying,
        _ => IsBehind ? ConsumerState.Behind : Oldest is null ? ConsumerState.UpToDate : ConsumerState.Delivering,
    };
}

/// <summary>Consumers with what waits for them, each a look at the ends of one index.</summary>
internal sealed class ConsumerList(LmsDbContext db, StatementConsumers consumers, TimeProvider clock)
{
    /// <summary>More than this is not counted: the page says "more than".</summary>
    public const int MostCounted = 10_000;

    public Task<IReadOnlyList<ConsumerRow>> OfAsync(ClaimsPrincipal viewer, CancellationToken ct) => ReadAsync(consumers.Managed(viewer), ct);

    public Task<IReadOnlyList<ConsumerRow>> AllAsync(CancellationToken ct) => ReadAsync(db.StatementConsumers, ct);

    public async Task<ConsumerRow?> FindAsync(ClaimsPrincipal viewer, Guid id, CancellationToken ct) =>
        (await ReadAsync(consumers.Managed(viewer).Where(c => c.Id == id), ct)).SingleOrDefault();

    private async Task<IReadOnlyList<ConsumerRow>> ReadAsync(IQueryable<StatementConsumer> some, CancellationToken ct)
    {
        var found = await some.AsNoTracking().Join(db.Centres, c => c.CentreId, c => c.Id, (consumer, centre) => new { consumer, centre.Name })
            .OrderBy(c => c.Name).ThenBy(c => c.consumer.Name).ToListAsync(ct);
        var rows = new List<ConsumerRow>(found.Count);
        foreach (var (number, row) in found.Select(f => (f.consumer.Number, f)))
        {
            var waiting = db.StatementDeliveries.Where(d => d.Consumer == number);
            var oldest = await waiting.OrderBy(d => d.Sequence).Select(d => (long?)d.Sequence).FirstOrDefaultAsync(ct);
            var count = oldest is null ? 0 : await waiting.OrderBy(d => d.Sequence).Take(MostCounted + 1).CountAsync(ct);
            rows.Add(new(row.consumer, row.Name, oldest is { } ticks ? new DateTime(ticks, DateTimeKind.Utc) : null, count, clock.GetUtcNow().UtcDateTime));
        }
        return rows;
    }
}
