using Microsoft.AspNetCore.StaticFiles;

namespace Lms.Web.Features.Packages;

/// <summary>What a browser is told that a file of a package is, by its name: it must not guess.</summary>
internal static class ContentTypes
{
    private static readonly FileExtensionContentTypeProvider s_types = new(
        new Dictionary<string, string>(new FileExtensionContentTypeProvider().Mappings, StringComparer.OrdinalIgnoreCase)
        {
            [".mjs"] = "text/javascript",
            [".js"] = "text/javascript",
            [".vtt"] = "text/vtt",
            [".m4a"] = "audio/mp4",
            [".opus"] = "audio/ogg",
            [".avif"] = "image/avif",
            [".webmanifest"] = "application/manifest+json",
            [".xsd"] = "text/xml",
            [".dtd"] = "application/xml-dtd",
            [".srt"] = "text/plain",
        });

    public static string Of(string path) => s_types.TryGetContentType(path, out var type) ? type : "application/octet-stream";
}
