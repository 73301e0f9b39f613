namespace Lms.Web.Jobs;

/// <summary>
/// Work whose rows are no outbox messages because there are too many of them: it is served by numbers, a turn at a time for each. A lease keeps two from
/// serving the same number; a turn that is lost comes again when its lease is over.
/// </summary>
public interface ITurns
{
    /// <summary>Makes the number's lease the owner's, if it is free.</summary>
    Task<bool> LeaseAsync(int number, string owner, CancellationToken ct);

    /// <summary>Serves the number under the owner's lease, or under this process's when there is none.</summary>
    Task ServeAsync(int number, string? owner, CancellationToken ct);
}

/// <summary>Has turns served, here in this process.</summary>
public class TurnRunner
{
    /// <summary>The task ends when this process has nothing more to do with the turn.</summary>
    public virtual Task StartAsync(ITurns turns, int number, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(turns);
        return Task.Run(() => turns.ServeAsync(number, owner: null, ct), CancellationToken.None);
    }
}
