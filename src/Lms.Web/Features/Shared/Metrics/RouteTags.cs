using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Lms.Web.Features.Shared.Metrics;

/// <summary>
/// Whatever page tells people of an error, the request counts for the route that it was for. The framework counts it for the error page, or for none.
/// </summary>
internal static class RouteTags
{
    public const string Route = "seedlot.route";

    /// <summary>First in the pipeline: exceptions of systems' requests are answered without a page.</summary>
    public static void UseRouteTags(this WebApplication app) => app.Use(async (http, next) =>
    {
        await next(http);
        Tell(http, http.Features.Get<IExceptionHandlerFeature>()?.Endpoint);
    });

    /// <summary>Before routing, where a request comes by again on its way to the page of its status.</summary>
    public static void UseStatusRouteTags(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        Tell(http, http.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint);
        return next(http);
    });

    private static void Tell(HttpContext http, Endpoint? original)
    {
        if (original is RouteEndpoint { RoutePattern.RawText: { } route } && http.Features.Get<IHttpMetricsTagsFeature>() is { } metrics) metrics.Tags.Add(new(Route, route));
    }
}
