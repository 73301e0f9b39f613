using Lms.Web.Data;
using Lms.Web.Features.Xapi.Credentials;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>
/// Where several processes share a database: lets go of what another one has changed and this one keeps in memory, and tells the others what
/// this one has stored. Being told only makes it quicker; looking every two seconds is enough.
/// </summary>
internal sealed class NodeWatch(IServiceProvider services, NodeSignal signal, StatementClock clock, KnownNames names, LrsClients clients, NodeTime time, ILogger<NodeWatch> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    // However much is stored in a second, others are told ten times.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (services.GetService<SharedOrder>() is not { } order) return;
        var news = services.GetRequiredService<News>();
        await Task.Yield();
        await Task.WhenAll(
            RepeatAsync(() => ListenAsync(order, news, stoppingToken), stoppingToken),
            RepeatAsync(() => TellAsync(news, stoppingToken), stoppingToken));
    }

    private async Task ListenAsync(SharedOrder order, News news, CancellationToken ct)
    {
        await news.WaitAsync(Poll, ct);
        var asked = time.Own.GetUtcNow();
        var seen = await order.LookAsync(ct);
        time.Set(seen.Floor, asked);
        names.Expect(seen.Versions.Names);
        clients.Expect(seen.Versions.Credentials);
        clock.SayAdvanced();
    }

    private async Task TellAsync(News news, CancellationToken ct)
    {
        await signal.WaitAsync(ct);
        await news.TellAsync(ct);
        await Task.Delay(Breath, ct);
    }

    private async Task RepeatAsync(Func<Task> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The database may be away for a while.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                log.LogWarning(failure, "Other processes on the database can't be heard; trying again");
                await Task.Delay(Poll, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
