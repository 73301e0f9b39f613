namespace Lms.Web.Features.Assessment;

public static class AssessmentFeature
{
    public static IServiceCollection AddAssessment(this IServiceCollection services) => services;

    public static void MapAssessment(this IEndpointRouteBuilder app) { }
}
