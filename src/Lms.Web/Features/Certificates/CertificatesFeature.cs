namespace Lms.Web.Features.Certificates;

public static class CertificatesFeature
{
    public static IServiceCollection AddCertificates(this IServiceCollection services) => services;

    public static void MapCertificates(this IEndpointRouteBuilder app) { }
}
