using Lms.Web.Features.Identity;
using Lms.Web.Features.Xapi.Statements;

namespace Lms.Web.Features.Xapi.Window;

/// <summary>An attachment of a statement, to be saved and never shown: nobody knows what it is, whatever it is called.</summary>
internal static class AttachmentEndpoint
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/statements/{id:guid}/attachments/{sha2}", GetAsync).RequireAuthorization(Policies.Staff).ExcludeFromDescription();

    private static async Task<IResult> GetAsync(Guid id, string sha2, HttpContext http, StatementWindow window, AttachmentStore attachments, CancellationToken ct)
    {
        if (await window.FindAsync(id, ct) is not { } row) return TypedResults.NotFound();
        var found = StatementWindow.AttachmentsOf(NameBook.Parse(row.Json)).Where(a => string.Equals(a.GetProperty("sha2"u8).GetString(), sha2, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0 || await attachments.OpenAsync(sha2, ct) is not { } bytes) return TypedResults.NotFound();
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.File(bytes, "application/octet-stream", $"attachment-{sha2[..Math.Min(12, sha2.Length)]}{Ending(found[0].GetProperty("contentType"u8).GetString())}");
    }

    private static string Ending(string? type) => type?.Split(';')[0].Trim().ToUpperInvariant() switch
    {
        "APPLICATION/PDF" => ".pdf",
        "APPLICATION/JSON" => ".json",
        "IMAGE/JPEG" => ".jpg",
        "IMAGE/PNG" => ".png",
        "TEXT/PLAIN" => ".txt",
        _ => ".bin",
    };
}
