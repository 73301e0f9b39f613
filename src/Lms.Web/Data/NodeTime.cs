namespace Lms.Web.Data;

/// <summary>
/// The time by the database's clock where several processes share one: leases and due times mean the same to all of them, even when the clock of a
/// machine is wrong.
/// </summary>
public sealed class NodeTime : TimeProvider
{
    // Less is the way to the database and back.
    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(250);
    private long _ahead;

    /// <summary>This machine's own clock.</summary>
    public TimeProvider Own => System;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    /// <summary>Takes the database's clock, in ticks, for the time.</summary>
    /// <param name="ticks">What it said.</param>
    /// <param name="asked">When it was asked, by this machine's clock.</param>
    public void Set(long ticks, DateTimeOffset asked)
    {
        var now = System.GetUtcNow();
        var ahead = ticks - (asked.UtcTicks + now.UtcTicks) / 2;
        Interlocked.Exchange(ref _ahead, Math.Abs(ahead) < Tolerated.Ticks ? 0 : ahead);
    }
}
