using System.Text.Json;
using System.Text.Json.Nodes;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Documents;

/// <summary>What became of a change to a document.</summary>
public enum DocumentResult
{
    Done,
    /// <summary>If-Match or If-None-Match did not hold.</summary>
    PreconditionFailed,
    /// <summary>There is one already, and the request did not say that it knows. (Communication 3.1)</summary>
    Conflict,
    /// <summary>1.0.3: a profile was to be put without a word on what is there.</summary>
    NoPrecondition,
    /// <summary>Only JSON objects can be merged. (Communication 2.2)</summary>
    CannotMerge,
}

/// <summary>The conditions of a request on what is there.</summary>
/// <param name="IfMatch">Entity tags, or <c>*</c>; empty without the header.</param>
/// <param name="IfNoneMatch">The same.</param>
public sealed record Preconditions(IReadOnlyList<string> IfMatch, IReadOnlyList<string> IfNoneMatch)
{
    public bool Any => IfMatch.Count + IfNoneMatch.Count > 0;

    public bool Hold(XapiDocument? document) =>
        (IfMatch.Count == 0 || (document is not null && Names(IfMatch, document)))
        && (IfNoneMatch.Count == 0 || document is null || !Names(IfNoneMatch, document));

    private static bool Names(IReadOnlyList<string> tags, XapiDocument document) => tags.Contains("*") || tags.Contains(document.ETag);
}

/// <summary>Keeps documents. (Communication 2.2)</summary>
public sealed class DocumentStore(LmsDbContext db, TimeProvider clock)
{
    public Task<XapiDocument?> FindAsync(DocumentScope scope, string id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var key = scope.Hash(id);
        return db.XapiDocuments.AsNoTracking().SingleOrDefaultAsync(d => d.Key == key, ct);
    }

    /// <summary>Ids of the scope's documents that were written after <paramref name="since"/>, and when the last of them was.</summary>
    public async Task<(IReadOnlyList<string> Ids, DateTime? Last)> ListAsync(DocumentScope scope, DateTime? since, CancellationToken ct)
    {
        var rows = await Of(scope).Where(d => since == null || d.UpdatedAt > since).OrderBy(d => d.UpdatedAt).Select(d => new { d.DocumentId, d.UpdatedAt }).ToListAsync(ct);
        return ([.. rows.Select(r => r.DocumentId).Distinct()], rows.Count == 0 ? null : rows[^1].UpdatedAt);
    }

    public Task<DocumentResult> PutAsync(DocumentScope scope, string id, string contentType, byte[] content, Preconditions conditions, XapiVersion version, CancellationToken ct) =>
        ChangeAsync(scope, id, conditions, document =>
        {
            var unguarded = !conditions.Any && (version != XapiVersion.V1 || scope.Kind != DocumentKind.State);
            if (unguarded && document is not null) return DocumentResult.Conflict;
            if (unguarded && version == XapiVersion.V1) return DocumentResult.NoPrecondition;
            (document ?? Add(scope, id)).Write(contentType, content, Now);
            return DocumentResult.Done;
        }, ct);

    /// <summary>Writes a document of this system's own, in the caller's unit of work.</summary>
    public async Task WriteAsync(DocumentScope scope, string id, string contentType, byte[] content, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var key = scope.Hash(id);
        // Whoever the unit of work is for, the document is the centre's own.
        var document = await db.XapiDocuments.IgnoreQueryFilters().SingleOrDefaultAsync(d => d.Key == key, ct);
        (document ?? Add(scope, id)).Write(contentType, content, Now);
    }

    /// <summary>Stores the document, or merges its top-level properties into the one that is there.</summary>
    public Task<DocumentResult> PostAsync(DocumentScope scope, string id, string contentType, byte[] content, Preconditions conditions, CancellationToken ct) =>
        ChangeAsync(scope, id, conditions, document =>
        {
            if (document is null) Add(scope, id).Write(contentType, content, Now);
            else if (IsJson(contentType) && IsJson(document.ContentType) && Merge(document.Content, content) is { } whole) document.Write(document.ContentType, whole, Now);
            else return DocumentResult.CannotMerge;
            return DocumentResult.Done;
        }, ct);

    public Task<DocumentResult> DeleteAsync(DocumentScope scope, string id, Preconditions conditions, CancellationToken ct) =>
        ChangeAsync(scope, id, conditions, document =>
        {
            if (document is not null) db.Remove(document);
            return DocumentResult.Done;
        }, ct);

    /// <summary>Deletes all documents of the scope, at once.</summary>
    public Task DeleteAllAsync(DocumentScope scope, CancellationToken ct) => Of(scope).ExecuteDeleteAsync(ct);

    /// <summary>Whether bytes are a JSON object.</summary>
    public static bool IsJsonObject(ReadOnlySpan<byte> content) => Parse(content) is not null;

    public static bool IsJson(string contentType) => contentType.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private Task<DocumentResult> ChangeAsync(DocumentScope scope, string id, Preconditions conditions, Func<XapiDocument?, DocumentResult> change, CancellationToken ct) =>
        db.RetryAsync(async () =>
        {
            var key = scope.Hash(id);
            var document = await db.XapiDocuments.SingleOrDefaultAsync(d => d.Key == key, ct);
            if (!conditions.Hold(document)) return DocumentResult.PreconditionFailed;
            var result = change(document);
            if (result == DocumentResult.Done) await db.SaveChangesAsync(ct);
            return result;
        });

    private XapiDocument Add(DocumentScope scope, string id)
    {
        var document = new XapiDocument
        {
            Kind = scope.Kind, CentreId = scope.CentreId, Key = scope.Hash(id), Scope = scope.Hash(), DocumentId = id,
            Activity = scope.Activity, Agent = scope.Agent, Registration = scope.Registration,
        };
        db.Add(document);
        return document;
    }

    private IQueryable<XapiDocument> Of(DocumentScope scope)
    {
        var hash = scope.Hash();
        var documents = db.XapiDocuments.Where(d => d.Scope == hash);
        return scope.Registration is { } registration ? documents.Where(d => d.Registration == registration) : documents;
    }

    private static byte[]? Merge(byte[] known, byte[] received)
    {
        if (Parse(known) is not { } whole || Parse(received) is not { } more) return null;
        foreach (var (name, value) in more) whole[name] = value?.DeepClone();
        return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(whole);
    }

    private static JsonObject? Parse(ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonNode.Parse(content, documentOptions: new() { MaxDepth = StatementValidator.MaxDepth, AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
