using Lms.Web.Files;

namespace Lms.Web.Features.Shared;

/// <summary>Whether the store of files answers; asked at most every few seconds, however often somebody wants to know.</summary>
internal sealed class FileStoreCheck(IFileStore files, TimeProvider clock)
{
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private long _askedAt;
    private Task<bool>? _answer;

    public Task<bool> AnswersAsync(CancellationToken ct)
    {
        lock (_lock)
        {
            if (_answer is null || _answer.IsCompleted && clock.GetElapsedTime(_askedAt) >= Holds)
                (_answer, _askedAt) = (files.AnswersAsync(CancellationToken.None), clock.GetTimestamp());
            return _answer.WaitAsync(ct);
        }
    }
}
