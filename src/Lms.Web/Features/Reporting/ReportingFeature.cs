using Lms.Web.Features.Identity;
using Lms.Web.Jobs;

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

    public static void MapReporting(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        // The dashboard of the job runner, where it has one.
        app.Services.GetRequiredService<JobPages>().Map?.Invoke(app).RequireAuthorization(Policies.Administrator);
    }
}
