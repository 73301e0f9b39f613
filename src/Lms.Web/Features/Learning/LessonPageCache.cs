using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Lms.Web.Features.Learning;

/// <summary>
/// Keeps lesson pages, compressed, for the person they were made for: the same person in the same state gets the same bytes, or
/// only word that their browser has them. Whatever a page is made of is in its key (<see cref="KeyOf"/>) or, where it is in the
/// database, in its <see cref="LessonStamp"/>, which each request reads anew together with the right to see it.
/// </summary>
/// <remarks>
/// The form token in a page is bound to the person and to the cookie, both in the key, and may be used many times. That it is not
/// masked anew at each reading gives nothing away (BREACH): to guess a secret by the size of compressed pages, an attacker has to put
/// text of their own into them, and a kept page, whose address allows only a known parameter, has one size.
/// </remarks>
public sealed class LessonPageCache(
    IResponseCompressionProvider compression, IOptions<AntiforgeryOptions> forms, IOptions<CookieTempDataProviderOptions> notices) : IAsyncResourceFilter, IDisposable
{
    // Part of the 400 MB that the server may use: some 400 pages.
    private const long CacheBytes = 24 << 20;
    private readonly MemoryCache _pages = new(new MemoryCacheOptions { SizeLimit = CacheBytes });

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var http = context.HttpContext;
        if (KeyOf(http) is not { } key || compression.GetCompressionProvider(http) is not { } encoder)
        {
            await next();
            return;
        }
        key = $"{encoder.EncodingName}\n{key}";
        if (_pages.TryGetValue(key, out LessonPage? page) && await IsCurrentAsync(page!, http))
        {
            context.Result = page!;
            return;
        }
        await KeepAsync(key, encoder, http, next);
    }

    public void Dispose() => _pages.Dispose();

    /// <summary>All that a page is made of and that is not in the database; null for a page that is made for one time only.</summary>
    private string? KeyOf(HttpContext http)
    {
        var request = http.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return null;
        if (request.Query.Any(q => q.Key != "lang")) return null;
        if (request.Cookies[forms.Value.Cookie.Name!] is not { Length: > 0 } form || request.Cookies.ContainsKey(notices.Value.Cookie.Name!)) return null;
        var claims = string.Join('\n', http.User.Claims.Select(c => c.Value));
        return $"{CultureInfo.CurrentUICulture.Name}\n{CultureInfo.CurrentCulture.Name}\n{request.GetEncodedPathAndQuery()}\n{form}\n{claims}";
    }

    private static async Task<bool> IsCurrentAsync(LessonPage page, HttpContext http)
    {
        var services = http.RequestServices;
        if (await services.GetRequiredService<LessonReader>().StampAsync(page.Enrolment, page.Learner, http.RequestAborted) is not { } now) return false;
        if (now.Stamp != page.Stamp) return false;
        // Reading it again after another lesson is still opening it.
        if (page.Opens is { } lesson && now.LastLesson != lesson.Id)
            await services.GetRequiredService<ProgressService>().NoteOpenAsync(page.Enrolment, lesson, page.Language, http.RequestAborted);
        return true;
    }

    private async Task KeepAsync(string key, ICompressionProvider encoder, HttpContext http, ResourceExecutionDelegate next)
    {
        var (response, body) = (http.Response, http.Response.Body);
        using var html = new MemoryStream();
        response.Body = html;
        ResourceExecutedContext done;
        try
        {
            done = await next();
        }
        finally
        {
            response.Body = body;
        }
        if (done is { Exception: not null, ExceptionHandled: false } || html.Length == 0) return;
        var whole = done.Result is PageResult && response is { StatusCode: StatusCodes.Status200OK, Headers.SetCookie.Count: 0 } && HttpMethods.IsGet(http.Request.Method);
        if (!whole || done.Result is not PageResult { Model: LessonModel model })
        {
            html.Position = 0;
            await html.CopyToAsync(body, http.RequestAborted);
            return;
        }
        var page = new LessonPage(model, Compress(html, encoder), encoder.EncodingName);
        _pages.Set(key, page, new MemoryCacheEntryOptions { Size = page.Size + (2 * key.Length) });
        await page.WriteAsync(http);
    }

    private static byte[] Compress(MemoryStream html, ICompressionProvider encoder)
    {
        using var packed = new MemoryStream();
        using (var stream = encoder.CreateStream(packed)) html.WriteTo(stream);
        return packed.ToArray();
    }
}
