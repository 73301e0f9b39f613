using System.Globalization;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Lms.Web.Features.Learning;

/// <summary>Says of a page that <see cref="LessonPages"/> may keep it.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KeptPageAttribute : Attribute;

/// <summary>Said by a page that may be shown again: what it shows of the learner is the enrolment as of this version, or newer.</summary>
internal sealed record PageState(Guid EnrolmentId, Guid LearnerId, int Version);

/// <summary>
/// Keeps lesson pages, compressed, for the one person that each was made for, so that reading again costs one small query. All that
/// a page is made of is in its key (<see cref="KeyOf"/>), never changes (a course version), or changes with the enrolment's version,
/// which each request reads anew; see <c>infra/adr/0013</c>.
/// </summary>
internal sealed class LessonPages(
    IResponseCompressionProvider compression, IOptions<AntiforgeryOptions> forms, EnrolmentVersions versions) : IDisposable
{
    // Some 500 pages; part of the 400 MB that the server may use.
    private const long MostBytes = 16 << 20;
    private static readonly TimeSpan Unread = TimeSpan.FromMinutes(20);
    private readonly MemoryCache _pages = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    public Task ServeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<KeptPageAttribute>() is null || KeyOf(http) is not { } key) return next(http);
        return compression.GetCompressionProvider(http) is { } encoder ? ServeAsync(http, $"{encoder.EncodingName}\n{key}", encoder, next) : next(http);
    }

    public void Dispose() => _pages.Dispose();

    private async Task ServeAsync(HttpContext http, string key, ICompressionProvider encoder, RequestDelegate next)
    {
        if (_pages.TryGetValue(key, out Page? page) && await versions.FindAsync(page!.State.EnrolmentId, page.State.LearnerId, http.RequestAborted) == page.State.Version)
            await page.WriteAsync(http);
        else
            await MakeAsync(http, key, encoder, next);
    }

    /// <summary>All that a page is made of and the enrolment does not hold; null for a page that is made for one time only.</summary>
    private string? KeyOf(HttpContext http)
    {
        var request = http.Request;
        if (!HttpMethods.IsGet(request.Method) || http.User.Identity?.IsAuthenticated != true) return null;
        if (request.Query.Count > 1 || request.Query.Count == 1 && !request.Query.ContainsKey("lang")) return null;
        if (request.Cookies[forms.Value.Cookie.Name!] is not { Length: > 0 } form || request.Cookies.ContainsKey(Notices.Cookie)) return null;
        var claims = string.Join('\n', http.User.Claims.Select(c => $"{c.Type}={c.Value}"));
        return $"{CultureInfo.CurrentCulture.Name} {CultureInfo.CurrentUICulture.Name}\n{request.GetEncodedPathAndQuery()}\n{form}\n{claims}";
    }

    private async Task MakeAsync(HttpContext http, string key, ICompressionProvider encoder, RequestDelegate next)
    {
        var (response, body) = (http.Response, http.Response.Body);
        var before = response.Headers.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        using var html = new MemoryStream();
        response.Body = html;
        try
        {
            await next(http);
        }
        finally
        {
            response.Body = body;
        }
        if (html.Length == 0) return;
        // The page's own headers are repeated as they are; one that sets a cookie was made for one time only.
        if (http.Features.Get<PageState>() is not { } state || response.StatusCode != StatusCodes.Status200OK || response.Headers.SetCookie.Count > 0)
        {
            html.Position = 0;
            await html.CopyToAsync(body, http.RequestAborted);
            return;
        }
        response.Headers.ContentEncoding = encoder.EncodingName;
        response.Headers.AppendCommaSeparatedValues("Vary", "Accept-Encoding");
        var page = new Page(state, [.. response.Headers.Where(h => !before.Contains(h.Key))], Compress(html, encoder));
        _pages.Set(key, page, new MemoryCacheEntryOptions { Size = page.Body.Length + 2 * key.Length, SlidingExpiration = Unread });
        await page.WriteAsync(http);
    }

    private static byte[] Compress(MemoryStream html, ICompressionProvider encoder)
    {
        using var packed = new MemoryStream();
        using (var stream = encoder.CreateStream(packed)) html.WriteTo(stream);
        return packed.ToArray();
    }

    private sealed record Page(PageState State, KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>[] Headers, byte[] Body)
    {
        public Task WriteAsync(HttpContext http)
        {
            foreach (var (name, value) in Headers) http.Response.Headers[name] = value;
            http.Response.ContentLength = Body.Length;
            return http.Response.Body.WriteAsync(Body, 0, Body.Length, http.RequestAborted);
        }
    }
}
