using System.Security.Claims;
using Lms.Web.Features.Network;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lms.Web.Features.Identity;

/// <summary>A person in the HTTP API.</summary>
public sealed record ApiUser(Guid Id, string Name, string Email, string Language, string Centre, DateTime CreatedAt, bool Active);

/// <param name="Next">Give it as <c>after</c> to get the next page; null at the end.</param>
public sealed record ApiUsers(IReadOnlyList<ApiUser> Users, string? Next);

/// <param name="Centre">Short name; the caller's own centre when left out.</param>
public sealed record NewApiUser(string? Name, string? Email, string? Language, string? Centre, string? Password);

/// <summary><c>/api/v1/users</c>: for those who manage people, within the centres that they manage.</summary>
internal static class UsersApi
{
    private const int MostAtOnce = 200;

    public static void Map(RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users").RequireAuthorization(Policies.Manager).WithTags("Users");
        users.MapGet("/", ListAsync).WithName("ListUsers").WithSummary("People by name, a page at a time; q is the start of a name or e-mail address.");
        users.MapPost("/", CreateAsync).WithName("CreateUser").WithSummary("Creates an account.")
            .Produces<ApiUser>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        users.MapPost("/import", ImportAsync).WithName("ImportUsers").WithSummary("Creates learners from CSV with the columns name, email, language, centre; all or nobody.")
            .Accepts<string>("text/csv").Produces<ImportResult>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Ok<ApiUsers>> ListAsync(ClaimsPrincipal caller, PeopleList people, Centres centres, string? q, string? after, int? limit, CancellationToken ct)
    {
        var slugs = (await centres.ListAsync(caller, ct)).ToDictionary(c => c.Id, c => c.Slug);
        var page = await people.FindAsync(caller, q, centre: null, after, Math.Clamp(limit ?? PeopleList.PageSize, 1, MostAtOnce), ct);
        return TypedResults.Ok(new ApiUsers([.. page.Rows.Select(p => new ApiUser(p.Id, p.Name, p.Email, p.Language, slugs[p.CentreId], p.CreatedAt, p.DeactivatedAt is null))], page.Next));
    }

    private static async Task<IResult> CreateAsync(ClaimsPrincipal caller, NewApiUser asked, Accounts accounts, Centres centres, CancellationToken ct)
    {
        var managed = await centres.ManagedAsync(caller, ct);
        var centre = asked.Centre is null ? managed.FirstOrDefault(c => c.Id == caller.CentreId()) : managed.FirstOrDefault(c => c.Slug == asked.Centre);
        var (person, problems) = await accounts.CreateAsync(new NewAccount(asked.Name, asked.Email, asked.Language, centre?.Id ?? Guid.Empty), asked.Password, alongside: null, ct);
        if (person is null) return Api.Refused("The account was not created.", [.. problems.Select(p => new { field = p.Field.ToLowerInvariant(), message = p.Message })]);
        return TypedResults.Created((string?)null, new ApiUser(person.Id, person.Name, person.Email!, person.Language, centre!.Slug, person.CreatedAt, Active: true));
    }

    private static async Task<IResult> ImportAsync(ClaimsPrincipal caller, HttpRequest request, UserImport import, bool? dryRun, CancellationToken ct)
    {
        using var body = new StreamReader(request.Body);
        var result = await import.RunAsync(caller, await body.ReadToEndAsync(ct), dryRun ?? false, ct);
        return result.Findings.Count == 0 ? TypedResults.Ok(result) : Api.Refused("Nobody was imported.", result.Findings);
    }
}
