using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Xapi.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Window;

/// <summary>Who is meant by what somebody typed.</summary>
/// <param name="Key">The agent's key; null when it is not clear yet.</param>
/// <param name="Choices">People whose names begin so, by id, when there are several.</param>
public sealed record AgentFound(string? Key, IReadOnlyList<(Guid Id, string Name)> Choices);

/// <summary>Finds the agent that somebody types: a person's name, number or e-mail address, an address, an agent's key or its JSON.</summary>
public sealed class AgentSearch(LmsDbContext db, XapiAddresses addresses)
{
    private const int MostChoices = 10;
    private static readonly string[] Kinds = ["account|", "mbox|", "mbox_sha1sum|", "openid|"];

    public async Task<AgentFound> FindAsync(string typed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var term = typed.Trim();
        if (Array.Exists(Kinds, k => term.StartsWith(k, StringComparison.Ordinal))) return new(term, []);
        if (term.StartsWith('{')) return new(KeyOf(term), []);
        if (Guid.TryParse(term, out var id)) return new(AgentKey.Of(addresses.Person(id).Identifier), []);
        if (term.StartsWith("http", StringComparison.OrdinalIgnoreCase)) return new(AgentKey.Of(new OpenIdIdentifier(term)), []);
        return term.Contains('@', StringComparison.Ordinal) ? new(await ByMailAsync(term, ct), []) : await ByNameAsync(term, ct);
    }

    private async Task<string> ByMailAsync(string mail, CancellationToken ct)
    {
        mail = mail.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? mail["mailto:".Length..] : mail;
        var normal = mail.ToUpperInvariant();
        var person = await db.People.Where(p => p.NormalizedEmail == normal).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(ct);
        return AgentKey.Of(person is { } id ? addresses.Person(id).Identifier : new MboxIdentifier($"mailto:{mail}"));
    }

#pragma warning disable CA1309 // The database compares these, and in order of bytes.
    private async Task<AgentFound> ByNameAsync(string name, CancellationToken ct)
    {
        var key = Person.SearchKey(name);
        var end = key + "\U0010FFFF";
        var people = await db.People.AsNoTracking().Where(p => string.Compare(p.NameKey, key) >= 0 && string.Compare(p.NameKey, end) < 0)
            .OrderBy(p => p.NameKey).ThenBy(p => p.Id).Take(MostChoices).Select(p => new { p.Id, p.Name }).ToListAsync(ct);
        return people is [var only] ? new(AgentKey.Of(addresses.Person(only.Id).Identifier), []) : new(null, [.. people.Select(p => (p.Id, p.Name))]);
    }
#pragma warning restore CA1309

    private static string? KeyOf(string json)
    {
        try
        {
            return AgentParameter.Key(json, XapiVersion.V2);
        }
        catch (XapiException)
        {
            return null;
        }
    }
}
