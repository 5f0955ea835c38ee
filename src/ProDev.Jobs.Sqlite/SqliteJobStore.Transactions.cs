using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>Enqueueing in a transaction of the application. Nobody is woken: the commit is not seen, and workers find the jobs when they look.</summary>
internal sealed partial class SqliteJobStore : ITransactionalJobStore
{
    private readonly CallersTransaction _callers;

    public ValueTask<IReadOnlyList<EnqueuedJob>> EnqueueAsync(
        IReadOnlyList<JobEnvelope> jobs, DbTransaction transaction, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SqliteConnection connection = _callers.Check(transaction);
        cancellationToken.ThrowIfCancellationRequested();
        if (Volatile.Read(ref _open) is null)
            _callers.CheckTables(connection);
        return ValueTask.FromResult<IReadOnlyList<EnqueuedJob>>(_callers.Enqueue(connection, (SqliteTransaction)transaction, jobs));
    }
}
