using Lms.Web.Features.Authoring.Export;

namespace Lms.Web.Features.Authoring;

public static class AuthoringFeature
{
    public static IServiceCollection AddAuthoring(this IServiceCollection services)
    {
        services.AddSingleton(provider => ContentFolder.Find(provider.GetRequiredService<IConfiguration>()));
        services.AddScoped<PublishContent>();
        services.AddScoped<CourseExporter>().AddScoped<ExportPages>().AddScoped<ExportRuntime>().AddScoped<ExportWords>().AddScoped<ExportPictures>();
        return services;
    }

    public static void MapAuthoring(this IEndpointRouteBuilder app) => ExportEndpoints.Map(app);
}
