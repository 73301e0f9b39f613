using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Window;

/// <summary>What became of a wish to void a statement.</summary>
public enum VoidResult
{
    Done,
    /// <summary>It was voided before; nothing was stored.</summary>
    Already,
    /// <summary>It is a voiding statement, which can't be voided. (Data 2.3.2)</summary>
    IsVoiding,
    /// <summary>There is none, or none of a centre that the person manages.</summary>
    NotFound,
}

/// <summary>Voids statements in the name of a person.</summary>
public sealed class StatementVoiding(LmsDbContext db, StatementCommitter committer, XapiAddresses addresses, TimeProvider time)
{
    public const int LongestReason = 500;

    /// <summary>Context extension that carries the reason.</summary>
    public string ReasonExtension => $"{addresses.Root}/xapi/void-reason";

    public async Task<VoidResult> VoidAsync(Guid id, string reason, ClaimsPrincipal user, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(user);
        var target = await db.Statements.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);
        if (target is null || !user.Has(Policies.Manager, target.CentreId)) return VoidResult.NotFound;
        if (target.Voided) return VoidResult.Already;
        if (StatementLinks.Of(NameBook.Parse(target.Json)).Voids is not null) return VoidResult.IsVoiding;

        var entry = StatementEntry.Of(new Statement
        {
            Id = IdFor(id),
            Actor = addresses.Person(user.PersonId()),
            Verb = Verbs.Voided,
            Object = new StatementRef(id),
            Result = new Result { Response = reason },
            Context = new Context { Platform = "Seedlot", Extensions = new Dictionary<string, JsonNode?> { [ReasonExtension] = reason } },
            Timestamp = time.GetUtcNow(),
            Authority = addresses.System,
            Version = "1.0.0",
        }, target.CentreId);
        // Somebody who was quicker has stored one of the same id.
        return await committer.StoreAsync([entry], ct) is StoreResult.Stored ? VoidResult.Done : VoidResult.Already;
    }

    // RFC 9562, 5.8: a UUID of our own making, so that a statement is voided here once.
    private static Guid IdFor(Guid target)
    {
        Span<byte> bytes = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"void {target}"), bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }
}
