using System.Runtime.ExceptionServices;
using Hangfire;

namespace Lms.Web.Jobs.Hangfire;

/// <summary>What Hangfire runs.</summary>
public sealed class HangfireJobs(JobRunner runner, RecurringJobs recurring, ITurns turns, OutboxSignal signal)
{
    /// <summary>
    /// Runs the job of an outbox row. One that is done, not due or taken by another is left alone, so that it does not matter how often Hangfire comes
    /// with the same id. What fails is tried again by the outbox and not by Hangfire, where it only shows.
    /// </summary>
    /// <param name="row">Id of the row.</param>
    /// <param name="job">Its name, for those who look at the dashboard.</param>
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete, LogEvents = false)]
    [JobDisplayName("{1} {0}")]
    public async Task RunAsync(long row, string job, CancellationToken ct)
    {
        var run = await runner.RunAsync(row, ct);
        // There is room for more.
        signal.Set();
        if (run.Failure is { } failure) ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>It is time for a recurring job: puts its message in the outbox.</summary>
    [AutomaticRetry(Attempts = 3, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    [JobDisplayName("{0}")]
    public Task AskAsync(string job, CancellationToken ct) => recurring.AskAsync(job, ct);

    /// <summary>Forwards statements to a consumer under the lease that was taken for it.</summary>
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete, LogEvents = false)]
    [JobDisplayName("Forward to consumer {0}")]
    public Task ServeAsync(int number, string owner, CancellationToken ct) => turns.ServeAsync(number, owner, ct);
}
