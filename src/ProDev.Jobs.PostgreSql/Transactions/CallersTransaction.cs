using System.Data.Common;
using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Writes jobs into a transaction of the application, with the notification that the database sends at its commit.</summary>
internal sealed class CallersTransaction(JobEnqueuer enqueuer, WakeChannel channel, PostgreSqlDatabase database, string schema)
{
    /// <summary>Gives the connection of a transaction that can take jobs.</summary>
    public NpgsqlConnection Check(DbTransaction transaction)
    {
        if (transaction is not NpgsqlTransaction own)
        {
            throw new ArgumentException(
                $"The transaction is of the type '{transaction.GetType()}', but the jobs are in the PostgreSQL database '{database.Name}'. Pass a " +
                $"'{typeof(NpgsqlTransaction)}'.",
                nameof(transaction));
        }

        try
        {
            // The driver forgets the connection only later, but its level can be read as long as the transaction is open.
            _ = own.IsolationLevel;
            if (own.Connection is { } connection)
                return connection;
        }
        catch (InvalidOperationException e)
        {
            throw Ended(e);
        }

        throw Ended(null);
    }

    public async Task<EnqueuedJob[]> EnqueueAsync(NpgsqlConnection connection, IReadOnlyList<JobEnvelope> jobs)
    {
        try
        {
            EnqueuedJob[] answers = await enqueuer.RunAsync(connection, jobs, isInTransaction: true).ConfigureAwait(false);

            // In the name of nobody, so that this store hears it, too. Several in one transaction are one when it commits.
            if (Array.Exists(answers, static a => a.Outcome != EnqueueOutcome.Existed))
                await connection.ReadAsync("SELECT pg_notify($1, '')", [Parameter.Of(channel.Name)], static _ => true).ConfigureAwait(false);
            return answers;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            throw new JobStoreException(
                $"The transaction is on the database '{NameOf(connection)}', which has no tables of ProDev.Jobs.PostgreSql in the schema '{schema}'. Pass one " +
                $"on the job database '{database.Name}', or create the tables there (PostgreSqlJobsSchema.CreateScript) and let workers use them.",
                e);
        }
        catch (Exception e) when (PostgreSqlErrors.IsFaultOfTheDatabase(e))
        {
            throw PostgreSqlErrors.Translate(e, NameOf(connection), schema);
        }
    }

    private static string NameOf(NpgsqlConnection connection) => $"{connection.Host}:{connection.Port}/{connection.Database}";

    /// <summary>An <see cref="ObjectDisposedException"/> is one, too.</summary>
    private static InvalidOperationException Ended(Exception? cause)
        => new("The transaction has ended: it was committed or rolled back, or its connection was closed or lost. Enqueue before the commit.", cause);
}
