using Lms.Web.Features.Catalog;

namespace Lms.Web.Features.Learning;

public static class LearningFeature
{
    public static IServiceCollection AddLearning(this IServiceCollection services)
    {
        services.AddSingleton<LearningStatements>();
        services.AddScoped<EnrolmentService>();
        services.AddScoped<ProgressService>();
        services.AddScoped<CheckService>();
        services.AddScoped<LessonReader>();
        services.AddSingleton<EnrolmentVersions>();
        services.AddSingleton<LessonPages>();
        services.AddScoped<IStandings, Standings>();
        return services;
    }

    /// <summary>Last before the endpoints: whatever guards a page guards the kept one, too.</summary>
    public static void UseKeptLessonPages(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use(app.Services.GetRequiredService<LessonPages>().ServeAsync);
    }

    public static void MapLearning(this IEndpointRouteBuilder app) => EnrolmentEndpoints.Map(app);
}
