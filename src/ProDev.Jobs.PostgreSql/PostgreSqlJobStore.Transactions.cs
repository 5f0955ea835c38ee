using System.Data.Common;
using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Enqueueing in a transaction of the application.</summary>
internal sealed partial class PostgreSqlJobStore : ITransactionalJobStore
{
    private readonly CallersTransaction _callers;

    public async ValueTask<IReadOnlyList<EnqueuedJob>> EnqueueAsync(
        IReadOnlyList<JobEnvelope> jobs, DbTransaction transaction, CancellationToken cancellationToken)
    {
        foreach (JobEnvelope job in jobs)
            StorableEnvelope.Check(job);
        NpgsqlConnection connection = _callers.Check(transaction);
        await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return await _callers.EnqueueAsync(connection, jobs).ConfigureAwait(false);
    }
}
