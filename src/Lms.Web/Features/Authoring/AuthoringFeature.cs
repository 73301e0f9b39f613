namespace Lms.Web.Features.Authoring;

public static class AuthoringFeature
{
    public static IServiceCollection AddAuthoring(this IServiceCollection services)
    {
        services.AddSingleton(provider => ContentFolder.Find(provider.GetRequiredService<IConfiguration>()));
        services.AddScoped<PublishContent>();
        return services;
    }
}
