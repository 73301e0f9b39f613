using Lms.Web.Features.Assessment;
using Lms.Web.Features.Learning;
using Lms.Web.Jobs;

namespace Lms.Web.Features.Certificates;

public static class CertificatesFeature
{
    public static IServiceCollection AddCertificates(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<CertificateIssuers>();
        services.AddScoped<CertificateService>();
        services.AddScoped<CertificateIssuance>();
        services.AddScoped<Renewals>();
        services.AddScoped<IRenewals>(provider => provider.GetRequiredService<Renewals>());
        services.AddScoped<BadgeKeys>();
        services.AddScoped<Badges>();
        services.AddSingleton<CertificateTemplates>();
        services.AddSingleton<CertificateDrawing>();
        services.AddSingleton<CertificateConverter>();
        services.AddScoped<CertificatePictures>();
        services.AddJob<CourseCompleted, IssueCertificate>(JobQueue.Critical);
        services.AddJob<AssessmentRenewed, RenewCertificate>(JobQueue.Critical);
        return services;
    }

    public static void MapCertificates(this IEndpointRouteBuilder app)
    {
        app.MapCertificateFiles();
        app.MapBadges();
        app.MapCertificatesApi();
    }
}
