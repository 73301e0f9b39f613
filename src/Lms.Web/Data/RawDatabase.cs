using System.Data.Common;

namespace Lms.Web.Data;

/// <summary>
/// The database without EF, for the few reads that are measured by the thousand a second: connections from the driver's pool, and how it
/// takes values. What is written here must be plain enough for every database.
/// </summary>
public abstract class RawDatabase
{
    /// <summary>An open connection, to be disposed of when the answer is read.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken ct);

    /// <summary>How the driver takes an id, as <see cref="LmsDbContext.DatabaseValue"/>.</summary>
    public abstract object Value(Guid id);

    /// <summary>What ends a query in order, so that it stops after so many rows.</summary>
    public virtual string Limit(int rows) => $"LIMIT {rows}";
}
