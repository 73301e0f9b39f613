using Lms.Web.Features.Packages;

namespace Lms.Web.Features.Scorm;

/// <summary>SCORM 1.2 and SCORM 2004: sessions, commits, results, and the pages on which staff see what content said.</summary>
public static class ScormFeature
{
    public static IServiceCollection AddScorm(this IServiceCollection services)
    {
        services.AddSingleton<ScormTrees>();
        services.AddSingleton<ScormModules>();
        services.AddScoped<ScormReasons>();
        services.AddScoped<ScormStatements>();
        services.AddScoped<ScormDeliveries>();
        services.AddScoped<ScormMoves>();
        services.AddScoped<ScormResults>();
        services.AddScoped<ScormSessions>();
        services.AddScoped<IPackagePlayer, ScormPlayer>();
        services.AddScoped<IPackageOriginPlayer, ScormOriginPlayer>();
        return services;
    }
}
