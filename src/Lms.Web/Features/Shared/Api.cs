using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Lms.Web.Features.Shared;

/// <summary>The HTTP API: one group to which each feature adds its resources.</summary>
public static class Api
{
    public const string Root = "/api/v1";

    /// <summary>
    /// The group at <c>/api/v1</c>. It answers to a bearer token or a system's credential, never to a cookie, so no form of another site can
    /// reach it; anything that goes wrong is a problem detail. Say who may call an endpoint with <c>RequireAuthorization(Policies.X)</c>.
    /// </summary>
    public static RouteGroupBuilder Group(IEndpointRouteBuilder app, string policy = Policies.Caller) =>
        app.MapGroup(Root).RequireAuthorization(policy).DisableAntiforgery()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);

    /// <summary>Whether the request is one of a system, to the API or the record store, rather than to a page.</summary>
    public static bool Wants(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/xapi");
    }

    /// <summary>A refusal with its findings, as RFC 9457 has it: an extension member beside title and status.</summary>
    public static IResult Refused<TFinding>(string title, IReadOnlyList<TFinding> findings, int status = StatusCodes.Status422UnprocessableEntity)
    {
        var problem = new ProblemDetails { Title = title, Status = status };
        problem.Extensions["findings"] = findings;
        return TypedResults.Problem(problem);
    }

    /// <summary>Unknown addresses, wrong methods and bugs answer systems with problem details.</summary>
    public static void UseApiProblems(this IApplicationBuilder app) =>
        app.UseWhen(Wants, api =>
        {
            api.UseExceptionHandler();
            api.UseStatusCodePages();
        });
}
