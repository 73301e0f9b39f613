using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lms.Web.Features.Packages;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.FileProviders;

namespace Lms.Web.Features.Scorm;

/// <summary>
/// What is served on a package's own origin beside its files: the page that holds the API object, its modules, and the attempt's two
/// addresses. The page's address says which attempt; the token in the header says that it may.
/// </summary>
internal sealed class ScormOriginPlayer(ScormSessions sessions, ScormModules modules, PackageOrigin origin) : IPackageOriginPlayer
{
    private const int MostBytes = 8 << 20;

    public Task ServeAsync(HttpContext http, PackageOriginRequest request) => (http.Request.Method, request.Path) switch
    {
        ("GET" or "HEAD", "") => PageAsync(http, request),
        ("GET" or "HEAD", var path) when modules.Find(path) is { } module => ModuleAsync(http, module),
        ("POST", "open") => OpenAsync(http, request),
        ("POST", "commit") => CommitAsync(http, request),
        _ => Results.NotFound().ExecuteAsync(http),
    };

    private Task PageAsync(HttpContext http, PackageOriginRequest request)
    {
        var shell = http.Request.Query["shell"].ToString();
        if (!origin.Framers(http.Request).Split(' ').Contains(shell)) return Results.NotFound().ExecuteAsync(http);
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self' http: https:; base-uri 'none'; form-action 'none'; frame-ancestors {shell}; {PackageOriginServer.Sandbox}";
        headers.CacheControl = "no-store";
        var encode = HtmlEncoder.Default;
        var page = $"""
            <!doctype html>
            <html data-shell="{encode.Encode(shell)}" data-attempt="{request.RegistrationId:n}" data-files="{encode.Encode($"/{request.Token}/")}">
            <head>
              <meta charset="utf-8">
              <title>Seedlot</title>
              <link rel="stylesheet" href="{modules.Version}/wrapper.css">
              <script type="module" src="{modules.Version}/wrapper.js"></script>
            </head>
            <body></body>
            </html>
            """;
        return Results.Content(page, "text/html; charset=utf-8").ExecuteAsync(http);
    }

    private static Task ModuleAsync(HttpContext http, IFileInfo module)
    {
        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        var type = module.Name.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
        return Results.Stream(module.CreateReadStream(), type).ExecuteAsync(http);
    }

    private async Task OpenAsync(HttpContext http, PackageOriginRequest request)
    {
        if (await ReadAsync(http, ScormJson.Default.ScormOpening) is { } opening)
            await AnswerAsync(http, await sessions.OpenAsync(request.RegistrationId, TokenOf(http), opening.Start, http.RequestAborted));
    }

    private async Task CommitAsync(HttpContext http, PackageOriginRequest request)
    {
        // A commit that has come is finished, even when the page that sent it is gone.
        if (await ReadAsync(http, ScormJson.Default.ScormCommits) is { Commits: { } commits })
            await AnswerAsync(http, await sessions.CommitAsync(request.RegistrationId, TokenOf(http), commits, CancellationToken.None));
        else if (!http.Response.HasStarted && http.Response.StatusCode == StatusCodes.Status200OK)
            await Results.BadRequest().ExecuteAsync(http);
    }

    private static string TokenOf(HttpContext http) => http.Request.Headers["X-Attempt"].ToString();

    private static async Task<T?> ReadAsync<T>(HttpContext http, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostBytes;
        try
        {
            // Only the page itself sends JSON: a form of another site can't.
            if (http.Request.HasJsonContentType()) return await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted);
        }
        catch (JsonException) { /* answered below */ }
        await Results.BadRequest().ExecuteAsync(http);
        return null;
    }

    private static Task AnswerAsync(HttpContext http, ScormOutcome outcome)
    {
        http.Response.Headers.CacheControl = "no-store";
        return outcome switch
        {
            ScormOutcome.Done done => Results.Json(done.Reply, ScormJson.Default.ScormReply).ExecuteAsync(http),
            ScormOutcome.Elsewhere => Results.StatusCode(StatusCodes.Status409Conflict).ExecuteAsync(http),
            ScormOutcome.Replaced => Results.StatusCode(StatusCodes.Status403Forbidden).ExecuteAsync(http),
            ScormOutcome.Expired => Results.StatusCode(StatusCodes.Status401Unauthorized).ExecuteAsync(http),
            ScormOutcome.Malformed malformed => Results.Problem(malformed.Reason, statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(http),
            var other => throw new InvalidOperationException($"Unhandled {other}."),
        };
    }
}

/// <summary>The browser's modules, at an address that changes with them.</summary>
internal sealed class ScormModules
{
    private static readonly string[] Names = ["api.js", "model.js", "queue.js", "tables.js", "types.js", "wrapper.css", "wrapper.js"];
    private readonly ConcurrentDictionary<string, IFileInfo> _files = new();

    public ScormModules(IWebHostEnvironment environment)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in Names)
        {
            var file = environment.WebRootFileProvider.GetFileInfo($"scorm/{name}");
            using var content = file.CreateReadStream();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            hash.AppendData(bytes.ToArray());
            _files[name] = file;
        }
        Version = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }

    public string Version { get; }

    /// <summary>The file of a path such as <c>{version}/api.js</c>; null when it is none of ours.</summary>
    public IFileInfo? Find(string path) =>
        path.StartsWith(Version + "/", StringComparison.Ordinal) ? _files.GetValueOrDefault(path[(Version.Length + 1)..]) : null;
}
