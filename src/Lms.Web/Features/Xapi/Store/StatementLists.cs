using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>Statements for the rest of the program, which asks by what it knows.</summary>
public static class StatementLists
{
    /// <summary>The statements of a registration, in the order of storage.</summary>
    public static IQueryable<StoredStatement> StatementsOf(this LmsDbContext db, Guid registration)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.StatementRegistrations.Where(l => l.Registration == registration && l.Origin == 0).OrderBy(l => l.Sequence)
            .Join(db.Statements.AsNoTracking(), l => l.Sequence, s => s.Sequence, (_, s) => s).OrderBy(s => s.Sequence);
    }

    /// <summary>Keeps those that say the verb.</summary>
    public static IQueryable<StoredStatement> Saying(this IQueryable<StoredStatement> statements, LmsDbContext db, string verb) =>
        statements.Where(s => db.StatementVerbs.Any(l => l.Sequence == s.Sequence && l.Origin == 0 && db.XapiVerbs.Any(v => v.Id == l.VerbId && v.Name == verb)));
}
