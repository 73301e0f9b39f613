using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Features.Xapi.Protocol;
using Lms.Web.Features.Xapi.Store;

namespace Lms.Web.Features.Xapi.Statements;

/// <summary>The way of statements from a request to the disk: read, validate, check attachments and signatures, store.</summary>
internal sealed class StatementIntakes(StatementCommitter committer, ILaunchedContent launched, AttachmentStore attachments)
{
    /// <summary>Stores the statements of the request, or says why none was stored.</summary>
    public async Task<(StatementIntake? Intake, IResult? Refusal)> TakeAsync(HttpContext http, Guid? id, CancellationToken ct)
    {
        var parts = new AttachmentParts();
        var client = LrsClient.Of(http);
        // What is no statement is not allowed in a session, either. (cmi5 4.1, 7.1.3)
        var intake = new StatementIntake(client.Sender, XapiVersions.Of(http), client.Launch is null ? StatusCodes.Status400BadRequest : StatusCodes.Status403Forbidden);
        await StatementBody.ReadAsync(http.Request, intake, parts, id, ct);
        parts.ThrowUnlessMatched(intake.Attachments);
        CheckSignatures(intake, parts);
        await attachments.KeepAsync(parts.Bytes, ct);
        return await (client.Launch is null ? committer.StoreAsync(intake.Entries, ct) : launched.StoreAsync(client, intake.Entries, ct)) switch
        {
            StoreResult.Stored => (intake, null),
            StoreResult.Conflict conflict => (null, XapiProblem.Of("id", $"The id {conflict.Id} belongs to a statement that says something else. Nothing was stored.",
                "Give the statement a new id; a stored one can't be changed, only voided.", StatusCodes.Status409Conflict, "XAPI-00142")),
            StoreResult.Refused refused => (null, XapiProblem.Of("statement", refused.Reason, "Say what the session of the launch allows.", StatusCodes.Status403Forbidden, refused.Requirement)),
            var other => throw new InvalidOperationException($"Unhandled {other}."),
        };
    }

    private static void CheckSignatures(StatementIntake intake, AttachmentParts parts)
    {
        foreach (var note in intake.Attachments.Where(n => n.IsSignature))
        {
            if (!parts.Bytes.TryGetValue(note.Sha2, out var jws)) throw new XapiException(note.Path, "The signature did not come with the statement.", "Send it as a part of the request.", requirement: "XAPI-00115");
            using var statement = JsonDocument.Parse(intake.Entries[note.Entry].Json);
            if (StatementSignature.Check(jws, statement.RootElement) is { } wrong)
                throw new XapiException(note.Path, wrong.Message, "Sign the statement as it is sent, without its signature, by RS256, RS384 or RS512.", requirement: wrong.Requirement);
        }
    }
}
