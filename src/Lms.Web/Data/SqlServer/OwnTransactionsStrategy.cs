using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Lms.Web.Data.SqlServer;

/// <summary>
/// Repeats what a moment's failure of the network or the server ended. Within a transaction no single command is repeated, since what came
/// before it is gone: there the whole of <see cref="Transactions.TransactionAsync{T}"/> is.
/// </summary>
internal sealed class OwnTransactionsStrategy(ExecutionStrategyDependencies dependencies)
    : SqlServerRetryingExecutionStrategy(dependencies, maxRetryCount: 6, maxRetryDelay: TimeSpan.FromSeconds(10), errorNumbersToAdd: [SnapshotConflict])
{
    private const int SnapshotConflict = 3960;

    // The base class would refuse to run anything in a transaction that was begun elsewhere.
    protected override void OnFirstExecution()
    {
        if (IsInTransaction) ExceptionsEncountered.Clear();
        else base.OnFirstExecution();
    }

    protected override bool ShouldRetryOn(Exception exception) => !IsInTransaction && base.ShouldRetryOn(exception);

    private bool IsInTransaction => Dependencies.CurrentContext.Context.Database.CurrentTransaction is not null;
}
