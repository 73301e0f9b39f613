using Lms.Web.Features.Xapi.Store;

namespace Lms.Web.Features.Xapi.Credentials;

/// <summary>
/// Content that this system launched: let in by the token of its launch, and kept to what that launch is for. Whoever launches implements it; the
/// record store asks.
/// </summary>
public interface ILaunchedContent
{
    /// <summary>The client of a launch's token; null when it is no such token.</summary>
    Task<LrsClient?> ClientAsync(string key, string secret, CancellationToken ct);

    /// <summary>Why content may not make the request; null when it may. The body can be read again afterwards.</summary>
    Task<IResult?> RefusalAsync(LrsClient client, HttpContext http, CancellationToken ct);

    /// <summary>Stores statements of content with all that follows from them in one commit, or nothing.</summary>
    Task<StoreResult> StoreAsync(LrsClient client, IReadOnlyList<StatementEntry> batch, CancellationToken ct);
}

/// <summary>The launch that a client is the content of.</summary>
/// <param name="Session">The session.</param>
/// <param name="Registration">The learner's registration, of whose records alone it reads.</param>
public sealed record Launch(Guid Session, Guid Registration)
{
    /// <summary>Keeps content to what its launch is for; everybody else has passed by their scopes.</summary>
    internal static Task KeepAsync(HttpContext http, RequestDelegate next) =>
        http.Features.Get<LrsClient>() is { Launch: not null } client ? AskAsync(client, http, next) : next(http);

    private static async Task AskAsync(LrsClient client, HttpContext http, RequestDelegate next)
    {
        if (await http.RequestServices.GetRequiredService<ILaunchedContent>().RefusalAsync(client, http, http.RequestAborted) is { } refusal) await refusal.ExecuteAsync(http);
        else await next(http);
    }
}
