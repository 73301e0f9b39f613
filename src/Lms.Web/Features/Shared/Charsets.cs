using Microsoft.Net.Http.Headers;

namespace Lms.Web.Features.Shared;

/// <summary>Browsers send forms in UTF-8. What the runtime refuses to decode, such as UTF-7, is refused in words (415) and not by a fault.</summary>
internal static class Charsets
{
    private static readonly string[] s_read = ["utf-8", "us-ascii", "iso-8859-1"];

    public static IApplicationBuilder UseKnownCharsets(this IApplicationBuilder app) =>
        app.Use((context, next) =>
        {
            if (context.Request.ContentType is not { } type || !MediaTypeHeaderValue.TryParse(type, out var media) || !media.Charset.HasValue) return next(context);
            if (s_read.Contains(HeaderUtilities.RemoveQuotes(media.Charset).ToString(), StringComparer.OrdinalIgnoreCase)) return next(context);
            // The page that answers must not read the body either.
            context.Request.ContentType = null;
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        });
}
