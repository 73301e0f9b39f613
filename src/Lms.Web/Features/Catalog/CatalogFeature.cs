using Lms.Web.Files;
using Microsoft.Net.Http.Headers;

namespace Lms.Web.Features.Catalog;

public static class CatalogFeature
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) =>
        services.AddSingleton<CourseLibrary>().AddScoped<CatalogService>().AddScoped<Pictures>();

    public static void MapCatalog(this IEndpointRouteBuilder app)
    {
        MapFiles(app);
        CourseEndpoints.Map(app);
    }

    /// <summary>Figures of published courses by content hash; they never change, so a browser keeps them for good.</summary>
    private static void MapFiles(IEndpointRouteBuilder app) =>
        app.MapMethods("/files/{name}", [HttpMethods.Get, HttpMethods.Head], async (string name, Pictures pictures, IFileStore files, HttpContext context, CancellationToken ct) =>
        {
            var stored = await pictures.FileAsync(name, ct);
            if (await files.OpenAsync(stored, ct) is not { } file) return Results.NotFound();
            if (RasterType(file) is not { } mediaType) { await file.DisposeAsync(); return Results.NotFound(); }
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Stream(file, mediaType, entityTag: new EntityTagHeaderValue($"\"{stored}\""), enableRangeProcessing: true);
        }).AllowAnonymous().ExcludeFromDescription();

    // Only pictures leave by this door: the store also holds whole courses, with the keys of their questions.
    internal static string? RasterType(Stream file)
    {
        Span<byte> head = stackalloc byte[12];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return head[..read] switch
        {
            [0x89, 0x50, 0x4E, 0x47, ..] => "image/png",
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [0x52, 0x49, 0x46, 0x46, _, _, _, _, 0x57, 0x45, 0x42, 0x50] => "image/webp",
            _ => null,
        };
    }
}
