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
        services.AddScoped<IStandings, Standings>();
        return services;
    }

    public static void MapLearning(this IEndpointRouteBuilder app) => EnrolmentEndpoints.Map(app);
}
