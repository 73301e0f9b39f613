using Lms.Web.Features.Packages;
using Lms.Web.Features.Xapi.Credentials;

namespace Lms.Web.Features.Cmi5;

/// <summary>cmi5 courses and plain xAPI packages: sessions of units, what units may say, and what follows from it.</summary>
public static class Cmi5Feature
{
    public static IServiceCollection AddCmi5(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<ContentsTokens>();
        services.AddScoped<UnitPlays>();
        services.AddScoped<UnitSessions>();
        services.AddScoped<UnitLauncher>();
        services.AddScoped<UnitRequests>();
        services.AddScoped<UnitOverview>();
        services.AddScoped<ILaunchedContent, LaunchedUnits>();
        services.AddScoped<Cmi5Player>();
        services.AddScoped<IPackagePlayer>(provider => provider.GetRequiredService<Cmi5Player>());
        services.AddScoped<IPackageWaiving>(provider => provider.GetRequiredService<Cmi5Player>());
        return services;
    }

    public static void MapCmi5(this IEndpointRouteBuilder app)
    {
        FetchEndpoint.Map(app);
        ContentsEndpoints.Map(app);
    }
}
