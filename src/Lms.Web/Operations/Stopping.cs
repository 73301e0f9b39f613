using System.Globalization;

namespace Lms.Web.Operations;

/// <summary>
/// How the site stops: at the signal <c>/health/ready</c> fails and each answer ends its connection, so that whoever shares out requests sends them elsewhere;
/// after <c>LMS__Stop__Wait</c> nothing new is let in, and what is on its way is finished.
/// </summary>
internal sealed class Stopping : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(1);
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeSpan _wait;
    private readonly CancellationTokenSource _closing = new();

    public Stopping(IHostApplicationLifetime lifetime, IConfiguration configuration)
    {
        _lifetime = lifetime;
        var text = configuration["LMS:Stop:Wait"];
        if (string.IsNullOrEmpty(text)) _wait = UsualWait;
        else if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _wait) || _wait < TimeSpan.Zero || _wait > TimeSpan.FromSeconds(20))
            throw new RefusalException($"LMS__Stop__Wait is “{text}”. Set it to a time from 00:00:00 to 00:00:20, such as 00:00:05.");
    }

    /// <summary>True from the signal on.</summary>
    public bool HasBegun => _lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Cancelled when nothing new is let in any more: what would go on for ever ends now.</summary>
    public CancellationToken Closing => _closing.Token;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(_wait, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The host's own limit ran out.
        }
        await _closing.CancelAsync();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _closing.Dispose();
}

internal static class StoppingExtensions
{
    public static IServiceCollection AddStopping(this IServiceCollection services)
    {
        services.AddSingleton<Stopping>();
        return services.AddHostedService(provider => provider.GetRequiredService<Stopping>());
    }

    /// <summary>Takes out what works by itself: jobs, forwarding, imports, counting. What answers requests stays.</summary>
    public static void RemoveBackgroundWork(this IServiceCollection services)
    {
        // The writer of statements and this file's own service are registered by what makes them, and have no type here.
        foreach (var work in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Assembly == typeof(Stopping).Assembly).ToList()) services.Remove(work);
    }

    /// <summary>A connection that is kept open would be cut off under the next request on it.</summary>
    public static void UseStopping(this WebApplication app)
    {
        var stopping = app.Services.GetRequiredService<Stopping>();
        app.Use((http, next) =>
        {
            if (stopping.HasBegun && HttpProtocol.IsHttp11(http.Request.Protocol)) http.Response.Headers.Connection = "close";
            return next(http);
        });
    }
}
