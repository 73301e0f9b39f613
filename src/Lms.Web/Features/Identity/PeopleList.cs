using System.Security.Claims;
using System.Text;
using Lms.Web.Data;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Identity;

public sealed record PersonRow(Guid Id, string Name, string Email, string Language, Guid CentreId, string Centre, DateTime CreatedAt, DateTime? DeactivatedAt)
{
    internal string Key { get; init; } = "";
}

/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record PeoplePage(IReadOnlyList<PersonRow> Rows, string? Next);

#pragma warning disable CA1309 // The database compares these, and in order of bytes.
/// <summary>Lists the people whom somebody manages, by name, a page at a time and without counting them.</summary>
public sealed class PeopleList(LmsDbContext db)
{
    public const int PageSize = 50;
    // Above every character in the order of bytes.
    private const string End = "\U0010FFFF";

    public async Task<PeoplePage> FindAsync(ClaimsPrincipal viewer, string? search, Guid? centre, string? after, int size, CancellationToken ct)
    {
        var people = Managed(viewer);
        if (centre is { } only) people = people.Where(p => p.CentreId == only);

        var term = search?.Trim() ?? "";
        var rows = term.Length == 0 ? await TakeAsync(people, after, size, ct) : await SearchAsync(people, term, after, size, ct);
        return rows.Count <= size ? new PeoplePage(rows, null) : new PeoplePage(rows[..size], Cursor(rows[size - 1]));
    }

    /// <summary>The people of the centres that the viewer manages.</summary>
    public IQueryable<Person> Managed(ClaimsPrincipal viewer)
    {
        var people = db.People.AsNoTracking();
        return viewer.CentresOf(Policies.Manager) is { } centres ? people.Where(p => centres.Contains(p.CentreId)) : people;
    }

    // Two questions, each a range of one index: asked as one, the database would walk through everybody.
    private async Task<List<PersonRow>> SearchAsync(IQueryable<Person> people, string term, string? after, int size, CancellationToken ct)
    {
        var (name, email) = (Person.SearchKey(NewAccount.Tidy(term)!), term.ToUpperInvariant());
        var (nameEnd, emailEnd) = (name + End, email + End);
        var byName = await TakeAsync(people.Where(p => string.Compare(p.NameKey, name) >= 0 && string.Compare(p.NameKey, nameEnd) < 0), after, size, ct);
        var byEmail = await TakeAsync(people.Where(p => string.Compare(p.NormalizedEmail, email) >= 0 && string.Compare(p.NormalizedEmail, emailEnd) < 0), after, size, ct);
        return [.. byName.UnionBy(byEmail, p => p.Id).OrderBy(p => p.Key, StringComparer.Ordinal).ThenBy(p => p.Id).Take(size + 1)];
    }

    private Task<List<PersonRow>> TakeAsync(IQueryable<Person> people, string? after, int size, CancellationToken ct)
    {
        if (Parse(after) is var (key, id))
            people = people.Where(p => string.Compare(p.NameKey, key) >= 0 && (p.NameKey != key || p.Id.CompareTo(id) > 0));
        return people.OrderBy(p => p.NameKey).ThenBy(p => p.Id).Take(size + 1)
            .Join(db.Centres, p => p.CentreId, c => c.Id, (p, c) => new { p, c.Name }).OrderBy(x => x.p.NameKey).ThenBy(x => x.p.Id)
            .Select(x => new PersonRow(x.p.Id, x.p.Name, x.p.Email!, x.p.Language, x.p.CentreId, x.Name, x.p.CreatedAt, x.p.DeactivatedAt) { Key = x.p.NameKey })
            .ToListAsync(ct);
    }

    private static string Cursor(PersonRow last) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes($"{last.Id}{last.Key}"));

    /// <summary>Null for the first page, and for a cursor that somebody made up.</summary>
    private static (string Key, Guid Id)? Parse(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return null;
        try
        {
            var text = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(cursor));
            return text.Length >= 36 && Guid.TryParse(text[..36], out var id) ? (text[36..], id) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
