using System.Globalization;
using System.Security.Claims;
using System.Text;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Lms.Web.Features.Packages;

/// <param name="Received">Bytes that arrived.</param>
/// <param name="Progress">Of the import, 0 to 1; null while it waits.</param>
internal sealed record UploadProgress(UploadState State, long Received, long Length, double? Progress);

/// <summary>
/// How a person's browser brings a package: in pieces, each from where the last one ended (after tus 1.0.0, core and creation), or as one form.
/// </summary>
internal static class UploadEndpoints
{
    private const string Version = "1.0.0";
    private const int MostFields = 20, MostFieldBytes = 4096;

    public static void Map(IEndpointRouteBuilder app, PackagesOptions options)
    {
        var limit = new RequestSizeLimitAttribute(options.MostRequestBytes);
        var all = app.MapGroup("/packages/uploads").RequireAuthorization(Policies.Packages).DisableAntiforgery().ExcludeFromDescription().AddEndpointFilter(BrokenUploads.Filter);
        all.MapPost("/", BeginAsync).RequireRateLimiting(Limits.Uploads);
        all.MapPost("/form", FormAsync).RequireRateLimiting(Limits.Uploads).WithMetadata(limit);
        all.MapMethods("/{id:guid}", ["HEAD"], OffsetAsync);
        all.MapPatch("/{id:guid}", AppendAsync).WithMetadata(limit);
        all.MapDelete("/{id:guid}", CancelAsync);
        all.MapGet("/{id:guid}/progress", ProgressAsync);
    }

    private static async Task<IResult> BeginAsync(HttpContext http, IAntiforgery forms, PackageUploads uploads, PackageLibrary library, CancellationToken ct)
    {
        if (!await forms.IsRequestValidAsync(http)) return Results.BadRequest();
        http.Response.Headers["Tus-Resumable"] = Version;
        if (!long.TryParse(http.Request.Headers["Upload-Length"], NumberStyles.None, CultureInfo.InvariantCulture, out var length)) return Results.BadRequest();
        var fields = Metadata(http.Request.Headers["Upload-Metadata"].ToString());
        if (await UploadForm.ReadAsync(fields, http.User, library, ct) is not var (centre, settings)) return Results.BadRequest();
        var upload = await uploads.BeginAsync(centre, http.User.PersonId(), fields.GetValueOrDefault("filename", "package.zip"), length, settings, ct);
        return upload is null ? Results.StatusCode(StatusCodes.Status413PayloadTooLarge) : Results.Created($"/packages/uploads/{upload.Id}", null);
    }

    private static async Task<IResult> OffsetAsync(Guid id, HttpContext http, PackageUploads uploads, UploadFiles files, CancellationToken ct)
    {
        if (await uploads.FindAsync(id, http.User.PersonId(), ct) is not { } upload) return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        AddOffset(http, upload.State == UploadState.Receiving ? files.Length(id) : upload.Length);
        http.Response.Headers["Upload-Length"] = upload.Length.ToString(CultureInfo.InvariantCulture);
        return Results.Ok();
    }

    private static async Task<IResult> AppendAsync(Guid id, HttpContext http, IAntiforgery forms, PackageUploads uploads, CancellationToken ct)
    {
        if (!await forms.IsRequestValidAsync(http)) return Results.BadRequest();
        if (http.Request.ContentType != "application/offset+octet-stream") return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        if (!long.TryParse(http.Request.Headers["Upload-Offset"], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)) return Results.BadRequest();
        if (await uploads.FindAsync(id, http.User.PersonId(), ct) is not { } upload) return Results.NotFound();
        if (await uploads.AppendAsync(upload, offset, http.Request.Body, ct) is not { } length) return Results.Conflict();
        AddOffset(http, length);
        return Results.NoContent();
    }

    private static async Task<IResult> CancelAsync(Guid id, HttpContext http, IAntiforgery forms, PackageUploads uploads, CancellationToken ct)
    {
        if (!await forms.IsRequestValidAsync(http)) return Results.BadRequest();
        if (await uploads.FindAsync(id, http.User.PersonId(), ct) is not { } upload) return Results.NotFound();
        await uploads.CancelAsync(upload, ct);
        return Results.NoContent();
    }

    private static async Task<IResult> ProgressAsync(Guid id, HttpContext http, PackageUploads uploads, UploadFiles files, CancellationToken ct)
    {
        if (await uploads.FindAsync(id, http.User.PersonId(), ct) is not { } upload) return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new UploadProgress(upload.State, upload.State == UploadState.Receiving ? files.Length(id) : upload.Length, upload.Length, upload.Progress));
    }

    /// <summary>A form sent without a script: its fields come before its file, which is written as it arrives.</summary>
    private static async Task<IResult> FormAsync(HttpContext http, IAntiforgery forms, PackageUploads uploads, PackageLibrary library, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary) return Results.BadRequest();
        var reader = new MultipartReader(boundary, http.Request.Body);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadNextSectionAsync(ct) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var part)) continue;
            if (part.IsFileDisposition()) return await FileAsync(http, section, part.FileNameStar.Value ?? part.FileName.Value ?? "", fields, forms, uploads, library, ct);
            if (fields.Count == MostFields || await TextAsync(section.Body, ct) is not { } value) return Results.BadRequest();
            fields[HeaderUtilities.RemoveQuotes(part.Name).Value ?? ""] = value;
        }
        return Results.BadRequest();
    }

    private static async Task<string?> TextAsync(Stream body, CancellationToken ct)
    {
        var bytes = new byte[MostFieldBytes + 1];
        var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        return read > MostFieldBytes ? null : Encoding.UTF8.GetString(bytes, 0, read);
    }

    private static async Task<IResult> FileAsync(
        HttpContext http, MultipartSection section, string fileName, Dictionary<string, string> fields, IAntiforgery forms, PackageUploads uploads, PackageLibrary library, CancellationToken ct)
    {
        // The token came as a field; to look for it there would read the whole file into memory.
        http.Request.Headers["X-Form-Token"] = fields.GetValueOrDefault("__RequestVerificationToken", "none");
        if (!await forms.IsRequestValidAsync(http)) return Results.BadRequest();
        if (await UploadForm.ReadAsync(fields, http.User, library, ct) is not var (centre, settings)) return Results.BadRequest();
        var upload = await uploads.BeginAsync(centre, http.User.PersonId(), fileName.Trim('"'), 0, settings, ct);
        await uploads.TakeWholeAsync(upload!, section.Body, ct);
        return Results.Redirect($"/packages/import/{upload!.Id}");
    }

    private static void AddOffset(HttpContext http, long offset)
    {
        http.Response.Headers["Tus-Resumable"] = Version;
        http.Response.Headers["Upload-Offset"] = offset.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary><c>key base64,key base64</c>.</summary>
    private static Dictionary<string, string> Metadata(string header)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = (pair.Split(' ')[0], pair.Split(' ').ElementAtOrDefault(1) ?? "");
            var bytes = new byte[value.Length];
            if (Convert.TryFromBase64String(value, bytes, out var written)) fields[key] = Encoding.UTF8.GetString(bytes, 0, written);
        }
        return fields;
    }
}

/// <summary>The fields beside a file, however they came.</summary>
internal static class UploadForm
{
    /// <summary>Null when a field holds what the form does not offer, or the person keeps no packages there.</summary>
    public static async Task<(Guid Centre, ImportSettings Settings)?> ReadAsync(Dictionary<string, string> fields, ClaimsPrincipal user, PackageLibrary library, CancellationToken ct)
    {
        Guid? package = Guid.TryParse(fields.GetValueOrDefault("package"), out var id) ? id : null;
        var row = package is { } of ? await library.FindAsync(of, ct) : null;
        if (package is not null && row is null) return null;
        var centre = row?.Package.CentreId ?? user.CentreId();
        var settings = new ImportSettings
        {
            PackageId = package,
            Policy = Enum.TryParse<UpdatePolicy>(fields.GetValueOrDefault("policy"), out var policy) && Enum.IsDefined(policy) ? policy : null,
            AsDraft = package is not null,
            Language = fields.GetValueOrDefault("language"),
            Certificate = fields.GetValueOrDefault("certificate"),
            CertificateMonths = int.TryParse(fields.GetValueOrDefault("months"), NumberStyles.None, CultureInfo.InvariantCulture, out var months) ? months : null,
        };
        return user.Has(Policies.Packages, centre) && settings.Problem() is null ? (centre, settings) : null;
    }
}
