using Lms.Standards.Xapi;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Lms.Web.Features.Xapi.Credentials;
using Microsoft.AspNetCore.Http.Features;

namespace Lms.Web.Features.Xapi.Protocol;

/// <summary>
/// What all xAPI resources share, before any of them is chosen: the version of each request and answer, requests from browsers of other
/// sites, and the alternate request syntax.
/// </summary>
internal static class XapiProtocol
{
    private const string Methods = "GET, HEAD, POST, PUT, DELETE, OPTIONS";
    private const string RequestHeaders = "Authorization, Content-Type, If-Match, If-None-Match, Accept-Language, X-Experience-API-Version";
    private const string ResponseHeaders = "ETag, Last-Modified, X-Experience-API-Version, X-Experience-API-Consistent-Through";

    /// <summary>The record store's own way through the server: systems need nothing of what pages do, and each step would be paid for by every statement.</summary>
    public static IApplicationBuilder UseXapi(this IApplicationBuilder app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments(XapiFeature.Root), xapi =>
        {
            xapi.UseExceptionHandler();
            xapi.UseStatusCodePages();
            xapi.UseHsts();
            xapi.UseSecurityHeaders();
            xapi.Use(ServeAsync);
            xapi.UseResponseCompression();
            xapi.UseRouting();
            xapi.UseAuthentication();
            xapi.UseCentreScope();
            xapi.UseRateLimiter();
            xapi.UseAuthorization();
            xapi.Use(Launch.KeepAsync);
            // A branch has a routing of its own.
            xapi.UseEndpoints(XapiFeature.MapResources);
        });

    private static async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        var (request, response) = (context.Request, context.Response);
        // Credentials come in a header that the sender sets, never in a cookie, so any site's scripts may ask. (Communication 1.6)
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlExposeHeaders = ResponseHeaders;
        if (HttpMethods.IsOptions(request.Method))
        {
            response.Headers.AccessControlAllowMethods = Methods;
            response.Headers.AccessControlAllowHeaders = RequestHeaders;
            response.Headers.AccessControlMaxAge = "86400";
            response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        if (!IsWithinLimit(context))
        {
            response.Headers[XapiVersions.Header] = XapiVersions.Latest1;
            await XapiException.TooLarge.ExecuteAsync(context);
            return;
        }
        if (AlternateRequest.IsOne(request) && await AlternateRequest.ApplyAsync(request, context.RequestAborted) is { } fault)
        {
            response.Headers[XapiVersions.Header] = XapiVersions.Latest1;
            await fault.ExecuteAsync(context);
            return;
        }

        var asked = request.Headers[XapiVersions.Header].ToString();
        var version = XapiVersions.Parse(asked);
        var isAbout = request.Path.StartsWithSegments($"{XapiFeature.Root}/about");
        response.Headers[XapiVersions.Header] = version is { } served ? XapiVersions.Latest(served) : isAbout || asked.Length > 0 ? XapiVersions.Latest1 : XapiVersions.Unversioned;
        if (version is null && !isAbout)
        {
            await XapiProblem.Of("version", asked.Length == 0 ? $"The request has no {XapiVersions.Header}." : $"The version “{XapiProblem.Cut(asked)}” is not served.",
                $"Send {XapiVersions.Header}: {XapiVersions.Latest1} or {XapiVersions.Latest2}.", requirement: "XAPI-00331").ExecuteAsync(context);
            return;
        }
        // A compressed document would be kept, and given out, as something that it is not.
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            await XapiProblem.Of("Content-Encoding", $"Bodies are not taken as “{XapiProblem.Cut(encoding)}”.", "Send the body uncompressed, without Content-Encoding.").ExecuteAsync(context);
            return;
        }
        if (version is { } v) context.Features.Set(v == XapiVersion.V1 ? XapiVersions.Served.V1 : XapiVersions.Served.V2);
        try
        {
            await next(context);
        }
        catch (XapiException refused)
        {
            await refused.Answer.ExecuteAsync(context);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await XapiException.AnswerTo(bad).ExecuteAsync(context);
        }
    }

    private static bool IsWithinLimit(HttpContext context)
    {
        var most = AlternateRequest.IsOne(context.Request) ? BodyLimits.Form : BodyLimits.Largest;
        var isWithin = !(context.Request.ContentLength > most);
        // Of a body that is refused at once, the server reads off what is on its way, so that the sender gets to read why.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = isWithin ? most : null;
        return isWithin;
    }
}

/// <summary>How large bodies may be, in octets.</summary>
internal static class BodyLimits
{
    /// <summary>Statements, ten thousand of some 2 KB with room, and their attachments.</summary>
    public const long Largest = 96L << 20;
    /// <summary>A request in the alternate syntax, which is read before anybody is let in: a document, with its octets written in percents.</summary>
    public const int Form = 24 << 20;
    /// <summary>One document.</summary>
    public const int Document = 8 << 20;
}
