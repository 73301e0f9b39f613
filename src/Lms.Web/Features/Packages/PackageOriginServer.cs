using Lms.Standards.Packages;
using Lms.Web.Data;
using Lms.Web.Features.Shared;
using Lms.Web.Files;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Lms.Web.Features.Packages;

/// <summary>Answers on the origins of packages: <c>/{token}/{path}</c> is a file, <c>/{token}/_player/…</c> is the player's. No cookie is read or set, and nothing of the site is there.</summary>
internal static class PackageOriginServer
{
    private const string Player = "_player/";

    // What content may do on its own origin is its own affair; it can't be framed elsewhere, leave its frame, or be a plugin.
    public const string Sandbox =
        "sandbox allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads allow-pointer-lock allow-orientation-lock allow-presentation";

    /// <summary>First in the pipeline: a request to a package's origin goes no further.</summary>
    public static void UsePackageOrigin(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var origin = app.Services.GetRequiredService<PackageOrigin>();
        app.MapWhen(http => origin.VersionOf(http.Request.Host) is not null, packages =>
        {
            packages.Use((http, next) =>
            {
                AddHeaders(http, origin);
                return next(http);
            });
            packages.UseResponseCompression();
            packages.Run(http => ServeAsync(http, origin));
        });
    }

    private static void AddHeaders(HttpContext http, PackageOrigin origin)
    {
        var framers = origin.Framers(http.Request);
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'self' https: data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'self' https: data: blob: {framers}; object-src 'none'; base-uri 'self'; " +
            $"frame-ancestors 'self' {framers}; {Sandbox}";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), microphone=(self), geolocation=(), unload=(self)";
        headers["X-Robots-Tag"] = "noindex";
    }

    private static async Task ServeAsync(HttpContext http, PackageOrigin origin)
    {
        var version = origin.VersionOf(http.Request.Host)!.Value;
        var path = http.Request.Path.Value ?? "/";
        var slash = path.IndexOf('/', 1);
        if (slash < 0 || origin.Read(path[1..slash], version) is not { } registration)
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound);
            return;
        }
        // The token says what may be seen, and nobody is signed in here.
        http.RequestServices.GetRequiredService<CentreScope>().SeeAll();
        var rest = path[(slash + 1)..];
        if (rest.StartsWith(Player, StringComparison.Ordinal))
        {
            if (http.RequestServices.GetService<IPackageOriginPlayer>() is { } player)
                await player.ServeAsync(http, new PackageOriginRequest(version, registration, path[1..slash], rest[Player.Length..]));
            else await RefuseAsync(http, StatusCodes.Status404NotFound);
            return;
        }
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET, HEAD";
            await RefuseAsync(http, StatusCodes.Status405MethodNotAllowed);
            return;
        }
        await ServeFileAsync(http, version, rest);
    }

    private static async Task ServeFileAsync(HttpContext http, Guid version, string path)
    {
        var db = http.RequestServices.GetRequiredService<LmsDbContext>();
        try
        {
            if (await FindAsync(db, version, path, RawPath(http), http.RequestAborted) is not { } file
                || await http.RequestServices.GetRequiredService<IFileStore>().OpenAsync(file.Hash, http.RequestAborted) is not { } content)
            {
                await RefuseAsync(http, StatusCodes.Status404NotFound);
                return;
            }
            http.Response.Headers.CacheControl = "private, max-age=86400";
            await Results.Stream(content, file.ContentType, entityTag: new EntityTagHeaderValue($"\"{file.Hash}\""), enableRangeProcessing: true).ExecuteAsync(http);
        }
        catch (FilesUnavailableException) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            Unavailable.AskToWait(http);
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>By its exact path; else in another case; else by the address as it stands, for names that hold a percent sign.</summary>
    private static async Task<PackageFile?> FindAsync(LmsDbContext db, Guid version, string path, string raw, CancellationToken ct)
    {
        // The server leaves an encoded slash as it is.
        var paths = new[] { path.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), path, raw }.Select(PackagePath.Normalize).OfType<string>().Distinct().ToList();
        var keys = paths.ConvertAll(PackageFileNames.KeyOf);
        if (keys.Count == 0) return null;
        var found = await db.PackageFiles.AsNoTracking()
            .Where(f => f.PackageVersionId == version && keys.Contains(f.Key) && db.PackageVersions.Any(v => v.Id == version && v.DeletedAt == null)).ToListAsync(ct);
        return paths.Select(p => found.Find(f => f.Path == p) ?? found.Find(f => f.Key == PackageFileNames.KeyOf(p))).FirstOrDefault(f => f is not null);
    }

    private static string RawPath(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var query = target.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0) target = target[..query];
        var slash = target.Length > 1 ? target.IndexOf('/', 1) : -1;
        return slash < 0 ? "" : target[(slash + 1)..];
    }

    private static Task RefuseAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(status switch
        {
            StatusCodes.Status404NotFound => "There is no such file here.",
            StatusCodes.Status503ServiceUnavailable => "The file can't be had at the moment. Try again soon.",
            _ => "Files can only be read.",
        }, http.RequestAborted);
    }
}
