namespace Lms.Web.Jobs;

/// <summary>Where a job waits. Each has workers of its own, so that a long job never holds up one that somebody waits for.</summary>
public enum JobQueue
{
    Default,
    /// <summary>A learner waits for it: certificates, assessments whose time is over.</summary>
    Critical,
    /// <summary>Nobody minds when it takes an hour: imports, replays, cleaning up.</summary>
    Bulk,
}

/// <param name="Queues">What its workers take, the most urgent first.</param>
/// <param name="Workers">How many jobs it runs at a time, in each process.</param>
public sealed record JobCrew(IReadOnlyList<JobQueue> Queues, int Workers);

/// <summary>Who works on which queues: <c>LMS:Jobs:Workers</c>.</summary>
public sealed class JobWorkers
{
    /// <summary>Those who are kept free for critical jobs.</summary>
    public int Critical { get; set; } = 1;
    /// <summary>Those who take critical jobs first, and others when there are none.</summary>
    public int Default { get; set; } = 2;
    public int Bulk { get; set; } = 1;
    /// <summary>Those who serve consumers of statements, where a job runner does; within the process each consumer is served at once.</summary>
    public int Forwarding { get; set; } = 8;

    public IReadOnlyList<JobCrew> Crews =>
    [
        new([JobQueue.Critical], Math.Max(1, Critical)),
        new([JobQueue.Critical, JobQueue.Default], Math.Max(1, Default)),
        new([JobQueue.Bulk], Math.Max(1, Bulk)),
    ];
}
