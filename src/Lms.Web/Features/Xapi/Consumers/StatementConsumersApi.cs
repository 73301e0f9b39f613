using System.Security.Claims;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>A statement consumer in the HTTP API. Its secret is not among what can be read.</summary>
/// <param name="Problem">What is wrong, in a sentence; null when nothing is.</param>
/// <param name="Waiting">How many statements wait, counted up to 10,001.</param>
/// <param name="OldestWaiting">When the oldest of them was stored.</param>
/// <param name="ReplayedTo">How far a replay has come; null when none runs.</param>
public sealed record ApiConsumer(
    Guid Id, string Name, string Centre, ConsumerKind Kind, string Address, ConsumerAuthentication Authentication, string? UserName, string Version, ApiConsumerFilter Filter,
    ConsumerState State, string? Problem, int Failures, DateTime? NextAttemptAt, DateTime? LastSuccessAt, long Delivered, int DeadLetters, int Waiting, DateTime? OldestWaiting,
    DateTime? ReplayedTo);

/// <param name="Centre">Short name; for the hub's consumers.</param>
public sealed record ApiConsumerFilter(IReadOnlyList<string>? Verbs, string? ActivityPrefix, string? Course, string? Centre);

/// <param name="Centre">Short name; the caller's own centre when left out. It can't be changed.</param>
/// <param name="Secret">Password, token or signing key; left out, the present one stays.</param>
/// <param name="Paused">Whether nothing is sent; left out, that stays as it is.</param>
public sealed record ApiConsumerDetails(
    string? Name, string? Centre, ConsumerKind? Kind, string? Address, ConsumerAuthentication? Authentication, string? UserName, string? Secret, string? Version,
    ApiConsumerFilter? Filter, bool? Paused);

/// <param name="Secret">The signing key that was made; shown only in this answer.</param>
public sealed record ApiNewConsumer(Guid Id, string? Secret);

/// <param name="Sequence">Names it in the addresses of this resource.</param>
/// <param name="Answer">What the consumer said.</param>
public sealed record ApiDeadLetter(long Sequence, Guid StatementId, DateTime At, int Status, string Answer, DateTime? DroppedAt, string? DropReason);

/// <param name="Next">Give it as <c>before</c> to get the next page; null at the end.</param>
public sealed record ApiDeadLetters(IReadOnlyList<ApiDeadLetter> Items, long? Next);

public sealed record ApiDrop(string? Reason);

/// <param name="From">Statements stored at or after this time are sent again.</param>
public sealed record ApiReplay(DateTimeOffset? From);

/// <summary><c>/api/v1/statement-consumers</c>: for those who manage a centre, its consumers.</summary>
internal static class StatementConsumersApi
{
    private const int LongestReason = 500;

    public static void Map(IEndpointRouteBuilder app)
    {
        var all = Api.Group(app).MapGroup("/statement-consumers").RequireAuthorization(Policies.Manager).WithTags("Statement consumers");
        all.MapGet("/", ListAsync).WithSummary("The consumers of the centres that the caller manages.");
        all.MapPost("/", CreateAsync).WithSummary("Makes a consumer. It gets what is stored from now on.").Produces<ApiNewConsumer>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        all.MapGet("/{id:guid}", GetAsync).WithSummary("One consumer.");
        all.MapPut("/{id:guid}", ChangeAsync).WithSummary("Changes, pauses or resumes a consumer. What is left out stays.").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        all.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Removes a consumer and what waits for it.");
        all.MapPost("/{id:guid}/replay", ReplayAsync).WithSummary("Sends again what was stored from a time on and matches the filter.").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        all.MapGet("/{id:guid}/dead-letters", DeadLettersAsync).WithSummary("The statements that the consumer refused, the latest first, 50 a page.");
        all.MapPost("/{id:guid}/dead-letters/{sequence:long}/retry", RetryAsync).WithSummary("Sends a refused statement again.");
        all.MapPost("/{id:guid}/dead-letters/{sequence:long}/drop", DropAsync).WithSummary("Drops a refused statement, with a reason.").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Ok<List<ApiConsumer>>> ListAsync(ClaimsPrincipal caller, ConsumerList list, Centres centres, ConsumerSentences sentences, CancellationToken ct)
    {
        var slugs = await SlugsAsync(caller, centres, ct);
        return TypedResults.Ok((await list.OfAsync(caller, ct)).Select(row => Shown(row, slugs, sentences)).ToList());
    }

    private static async Task<Results<Ok<ApiConsumer>, NotFound>> GetAsync(Guid id, ClaimsPrincipal caller, ConsumerList list, Centres centres, ConsumerSentences sentences, CancellationToken ct) =>
        await list.FindAsync(caller, id, ct) is { } row ? TypedResults.Ok(Shown(row, await SlugsAsync(caller, centres, ct), sentences)) : TypedResults.NotFound();

    private static async Task<IResult> CreateAsync(ClaimsPrincipal caller, ApiConsumerDetails asked, StatementConsumers consumers, Centres centres, CancellationToken ct)
    {
        var managed = await centres.ManagedAsync(caller, ct);
        var centre = asked.Centre is null ? managed.FirstOrDefault(c => c.Id == caller.CentreId()) : managed.FirstOrDefault(c => c.Slug == asked.Centre);
        if (FilterOf(asked.Filter, managed) is not { } filter) return NoCentre();
        var details = new ConsumerDetails(asked.Name, asked.Kind ?? ConsumerKind.Xapi, asked.Address, asked.Authentication ?? ConsumerAuthentication.None, asked.UserName, asked.Secret, asked.Version, filter);
        var (consumer, secret, problems) = await consumers.CreateAsync(caller, centre?.Id ?? Guid.Empty, details, ct);
        if (consumer is null) return Refused("The consumer was not made.", problems);
        if (asked.Paused == true) await consumers.SetPausedAsync(caller, consumer.Id, paused: true, ct);
        return TypedResults.Created($"{Api.Root}/statement-consumers/{consumer.Id}", new ApiNewConsumer(consumer.Id, secret));
    }

    private static async Task<IResult> ChangeAsync(Guid id, ClaimsPrincipal caller, ApiConsumerDetails asked, StatementConsumers consumers, Centres centres, CancellationToken ct)
    {
        if (await consumers.FindAsync(caller, id, ct) is not { } now) return TypedResults.NotFound();
        var filter = asked.Filter is null ? now.Filter : FilterOf(asked.Filter, await centres.ManagedAsync(caller, ct));
        if (filter is null) return NoCentre();
        var details = new ConsumerDetails(asked.Name ?? now.Name, now.Kind, asked.Address ?? now.Address, asked.Authentication ?? now.Authentication,
            asked.UserName ?? now.UserName, asked.Secret, asked.Version ?? now.Version, filter);
        if (await consumers.ChangeAsync(caller, id, details, ct) is { Count: > 0 } problems) return Refused("The consumer was not changed.", problems);
        if (asked.Paused is { } paused) await consumers.SetPausedAsync(caller, id, paused, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(Guid id, ClaimsPrincipal caller, StatementConsumers consumers, CancellationToken ct) =>
        await consumers.DeleteAsync(caller, id, ct) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<IResult> ReplayAsync(Guid id, ClaimsPrincipal caller, ApiReplay asked, StatementConsumers consumers, CancellationToken ct) =>
        asked.From is not { } from ? Refused("Nothing is sent again.", [new("From", "Say from when on, for example {\"from\":\"2026-01-31T00:00:00Z\"}.")])
        : await consumers.ReplayAsync(caller, id, from.UtcDateTime, ct) ? TypedResults.Accepted((string?)null)
        : TypedResults.NotFound();

    private static async Task<Results<Ok<ApiDeadLetters>, NotFound>> DeadLettersAsync(
        Guid id, long? before, ClaimsPrincipal caller, StatementConsumers consumers, DeadLetters letters, CancellationToken ct)
    {
        if (await consumers.FindAsync(caller, id, ct) is not { } consumer) return TypedResults.NotFound();
        var page = await letters.PageAsync(consumer, before, ct);
        return TypedResults.Ok(new ApiDeadLetters([.. page.Rows.Select(l => new ApiDeadLetter(l.Sequence, l.StatementId, l.At, l.Status, l.Answer, l.DroppedAt, l.DropReason))], page.Next));
    }

    private static async Task<Results<NoContent, NotFound>> RetryAsync(Guid id, long sequence, ClaimsPrincipal caller, StatementConsumers consumers, DeadLetters letters, CancellationToken ct) =>
        await consumers.FindAsync(caller, id, ct) is { } consumer && await letters.RetryAsync(consumer, sequence, ct) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<IResult> DropAsync(Guid id, long sequence, ClaimsPrincipal caller, ApiDrop asked, StatementConsumers consumers, DeadLetters letters, CancellationToken ct)
    {
        if (asked.Reason?.Trim() is not { Length: > 0 and <= LongestReason } reason) return Refused("Nothing was dropped.", [new("Reason", $"Say the reason, in at most {LongestReason} characters.")]);
        return await consumers.FindAsync(caller, id, ct) is { } consumer && await letters.DropAsync(consumer, sequence, reason, caller.PersonId(), ct)
            ? TypedResults.NoContent() : TypedResults.NotFound();
    }

    private static IResult NoCentre() => Refused("There is no such centre.", [new("Filter.Centre", "Write the short name of a centre that you manage.")]);

    private static IResult Refused(string title, IReadOnlyList<AccountProblem> problems) =>
        Api.Refused(title, [.. problems.Select(p => new { field = char.ToLowerInvariant(p.Field[0]) + p.Field[1..], message = p.Message })]);

    private static async Task<Dictionary<Guid, string>> SlugsAsync(ClaimsPrincipal caller, Centres centres, CancellationToken ct) =>
        (await centres.ListAsync(caller, ct)).ToDictionary(c => c.Id, c => c.Slug);

    /// <summary>Null when its centre is unknown.</summary>
    private static ConsumerFilter? FilterOf(ApiConsumerFilter? asked, IReadOnlyList<Centre> managed)
    {
        var centre = asked?.Centre is { } slug ? managed.FirstOrDefault(c => c.Slug == slug) : null;
        return asked?.Centre is not null && centre is null ? null : new ConsumerFilter(asked?.Verbs ?? [], asked?.ActivityPrefix, asked?.Course, centre?.Id);
    }

    private static ApiConsumer Shown(ConsumerRow row, Dictionary<Guid, string> slugs, ConsumerSentences sentences)
    {
        var (c, filter) = (row.Consumer, row.Consumer.Filter);
        return new(c.Id, c.Name, slugs[c.CentreId], c.Kind, c.Address, c.Authentication, c.UserName, c.Version,
            new(filter.Verbs, filter.ActivityPrefix, filter.Course, filter.CentreId is { } only ? slugs.GetValueOrDefault(only) : null),
            row.State, sentences.Of(c), c.Failures, c.NextAttemptAt, c.LastSuccessAt, c.Delivered, c.Refused, row.Waiting, row.Oldest, c.ReplayedTo);
    }
}
