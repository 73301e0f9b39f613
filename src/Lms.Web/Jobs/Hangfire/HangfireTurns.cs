using Hangfire;
using Hangfire.Common;
using Hangfire.States;

namespace Lms.Web.Jobs.Hangfire;

/// <summary>Gives turns to Hangfire: the lease is taken first and goes with the job, so that the number is enqueued once, whoever serves it.</summary>
internal sealed class HangfireTurns(IBackgroundJobClientV2 client, ILogger<HangfireTurns> log) : TurnRunner
{
    public const string Queue = "forwarding";

    public override async Task StartAsync(ITurns turns, int number, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(turns);
        var owner = $"turn {Guid.CreateVersion7():N}";
        if (!await turns.LeaseAsync(number, owner, ct)) return;
        try
        {
            client.Create(Job.FromExpression<HangfireJobs>(hangfire => hangfire.ServeAsync(number, owner, CancellationToken.None)), new EnqueuedState(Queue));
        }
        catch (BackgroundJobClientException failure)
        {
            log.LogError(failure, "Hangfire could not be given a turn; it comes again when its lease is over");
        }
    }
}
