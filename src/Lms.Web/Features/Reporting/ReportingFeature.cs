namespace Lms.Web.Features.Reporting;

public static class ReportingFeature
{
    public static IServiceCollection AddReporting(this IServiceCollection services) => services;

    public static void MapReporting(this IEndpointRouteBuilder app) { }
}
