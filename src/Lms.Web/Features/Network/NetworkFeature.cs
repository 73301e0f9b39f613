namespace Lms.Web.Features.Network;

public static class NetworkFeature
{
    public static IServiceCollection AddNetwork(this IServiceCollection services) =>
        services.AddScoped<FirstStart>().AddScoped<Centres>();
}
