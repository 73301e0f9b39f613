namespace Lms.Web.Operations;

/// <summary>What is in hand when the site stops gets a while to finish: a token that is cancelled so much later than the one of the site.</summary>
internal sealed class Grace : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenRegistration _stopping;

    public Grace(TimeSpan time, CancellationToken stopping) => _stopping = stopping.Register(() => _over.CancelAfter(time));

    public CancellationToken Token => _over.Token;

    public void Dispose()
    {
        _stopping.Dispose();
        _over.Dispose();
    }
}
