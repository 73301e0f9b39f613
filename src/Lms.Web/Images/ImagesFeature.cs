using Lms.Web.Editions;

namespace Lms.Web.Images;

internal static class ImagesFeature
{
    /// <summary>Pictures are kept as uploaded, or made smaller where this build has a library for it.</summary>
    public static IServiceCollection AddImages(this IServiceCollection services)
    {
        services.AddSingleton<IImageProcessor, KeptImages>();
        Edition.AddImages(services);
        return services;
    }
}
