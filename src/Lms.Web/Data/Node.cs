namespace Lms.Web.Data;

/// <summary>What this process is called among those that share the database: whose a lease is. Each needs a name of its own.</summary>
public sealed record Node(string Name)
{
    /// <summary><c>LMS__Node</c>. Where a database has one process, the machine's name, so that after a crash the same one comes back.</summary>
    public static Node Of(IConfiguration settings, bool isShared)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(settings["LMS:Node"] is { Length: > 0 } name ? name : isShared ? $"{Environment.MachineName}-{Environment.ProcessId}" : Environment.MachineName);
    }
}
