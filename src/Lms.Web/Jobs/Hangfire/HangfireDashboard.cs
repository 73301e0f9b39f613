using Hangfire;

namespace Lms.Web.Jobs.Hangfire;

/// <summary>Hangfire's own pages; who may see them is decided where they are mapped.</summary>
internal static class HangfireDashboard
{
    // As the rest of the site, but for what these pages can't do without: icons in a font, and colours in attributes of style. No script or style of
    // anybody else's runs here either; what the charts would put into the page as a style sheet is among their files, too.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder app)
    {
        var pages = app.ServiceProvider.GetRequiredService<JobPages>();
        var dashboard = app.MapHangfireDashboard(pages.Dashboard!, new DashboardOptions
        {
            // The policy of the endpoint lets people in; Hangfire's own filter would let in whoever is on the same machine.
            Authorization = [],
            AppPath = pages.Outbox,
            DashboardTitle = "Seedlot",
            DisplayStorageConnectionString = false,
        });
        dashboard.Add(endpoint =>
        {
            var next = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http =>
            {
                http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
                return next(http);
            };
        });
        return dashboard;
    }
}
