using Lms.Web.Features.Xapi;
using Lms.Web.Jobs;

namespace Lms.Web.Features.Packages;

/// <summary>Packaged courses: how they come in, where they live, who is on them. What plays them is each standard's own feature.</summary>
public static class PackagesFeature
{
    public static IServiceCollection AddPackages(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(PackagesOptions.From(configuration));
        services.AddSingleton<PackageOrigin>();
        services.AddSingleton<UploadFiles>();
        services.AddScoped<PackageCourses>();
        services.AddScoped<PackageImport>();
        services.AddScoped<PackageLibrary>();
        services.AddScoped<PackageUploads>();
        services.AddScoped<PackageResults>();
        services.AddScoped<Registrations>();
        services.AddScoped<Launches>();
        services.AddScoped<CarryOver>();
        services.AddJob<PackageUploaded, ImportPackage>(JobQueue.Bulk);
        services.AddRecurringJob<CleanUploads>(Schedule.Hourly(minute: 17), JobQueue.Bulk);
        return services;
    }

    public static void MapPackages(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = app.Services.GetRequiredService<PackagesOptions>();
        PackagesApi.Map(app, options);
        RegistrationsApi.Map(app);
        UploadEndpoints.Map(app, options);
        LaunchEndpoints.Map(app);
    }

    /// <summary>What an operator should know before learners find out; null when there is nothing.</summary>
    public static string? PackagesNotice(this IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var (root, isDefault) = (new Uri(services.GetRequiredService<XapiAddresses>().Root), services.GetRequiredService<PackageOrigin>().IsDefault);
        return (isDefault, root.IsLoopback) switch
        {
            (true, false) => $"Packaged courses open only in browsers on this machine. Set LMS__Packages__Host to a name whose subdomains all lead here, such as packages.{root.Host}.",
            (false, true) => "LMS__Packages__Host is set and LMS__PublicUrl is not: packaged courses open in no frame. Set it to the address that people use.",
            _ => null,
        };
    }
}
