using Lms.Web.Images;
using Lms.Web.Images.ImageSharp;

namespace Lms.Web.Editions;

internal static partial class Edition
{
    static partial void AddImageLibrary(IServiceCollection services) => services.AddSingleton<IImageProcessor, SharpImages>();
}
