using Lms.Web.Data;

namespace Lms.Web.Features.Shared;

/// <summary>Whether the data folder takes a small durable write; tried at most every few seconds, however often it is asked.</summary>
internal sealed class DiskCheck(DataFolder folder, TimeProvider clock)
{
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private long? _triedAt;
    private bool _accepts;

    public bool Accepts()
    {
        lock (_lock)
        {
            if (_triedAt is { } at && clock.GetElapsedTime(at) < Holds) return _accepts;
            (_accepts, _triedAt) = (Try(), clock.GetTimestamp());
            return _accepts;
        }
    }

    private bool Try()
    {
        try
        {
            using var file = new FileStream(Path.Combine(folder.Root, "ready"), FileMode.Create, FileAccess.Write, FileShare.Read, 4096, FileOptions.DeleteOnClose);
            file.Write(new byte[4096]);
            file.Flush(flushToDisk: true);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
