using Lms.Web.Jobs;

namespace Lms.Web.Features.Assessment;

public static class AssessmentFeature
{
    public static IServiceCollection AddAssessment(this IServiceCollection services)
    {
        services.AddSingleton<ItemActivities>();
        services.AddSingleton<AssessmentStatements>();
        services.AddScoped<AttemptService>();
        services.AddJob<AttemptDue, SubmitDueAttempt>(JobQueue.Critical);
        return services;
    }
}
