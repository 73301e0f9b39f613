namespace Lms.Web.Features.Reporting;

public static class ReportingFeature
{
    public static IServiceCollection AddReporting(this IServiceCollection services)
    {
        services.AddScoped<TeachingService>();
        services.AddScoped<ItemStatistics>();
        services.AddScoped<DemoData>();
        services.AddScoped<DataCheck>();
        return services;
    }
}
