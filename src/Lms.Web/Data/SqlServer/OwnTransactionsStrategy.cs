using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Lms.Web.Data.SqlServer;

/// <summary>
/// Repeats what a moment's failure of the network or the server ended. Within a transaction a single command is not repeated, since what came
/// before it is gone: there the whole of <see cref="LmsDbContext.TransactionAsync{T}"/> is.
/// </summary>
internal sealed class OwnTransactionsStrategy(ExecutionStrategyDependencies dependencies)
    : SqlServerRetryingExecutionStrategy(dependencies, maxRetryCount: 6, maxRetryDelay: TimeSpan.FromSeconds(10), errorNumbersToAdd: [SnapshotConflict])
{
    private const int SnapshotConflict = 3960;

    public override bool RetriesOnFailure => base.RetriesOnFailure && Dependencies.CurrentContext.Context.Database.CurrentTransaction is null;
}
