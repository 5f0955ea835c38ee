using Npgsql;
using NpgsqlTypes;

namespace ProDev.Jobs.PostgreSql;

/// <summary>
/// Loads many jobs by COPY, at half the price of a statement that offers each. It cannot leave out what is there already: then nothing is loaded,
/// and the caller must offer.
/// </summary>
internal sealed class JobLoader(JobStatements statements, JobClock clock)
{
    /// <summary>Fewer cost more in trips to the database than they save there.</summary>
    private const int Fewest = 100;

    /// <summary>Whether a job is ready as soon as it is taken, and has no limits, and nothing but its id that must be unique.</summary>
    public static bool IsPlain(JobEnvelope job)
        => job is { IdempotencyKey: null, RunAt: null, Unique: null, Group: null, Rate: null } && job.Delay <= TimeSpan.Zero;

    public static bool IsWorthIt(IReadOnlyList<JobEnvelope> jobs) => jobs.Count >= Fewest && jobs.All(IsPlain);

    /// <summary>Returns false, with nothing changed, if one of the ids was there.</summary>
    public async Task<bool> TryAsync(NpgsqlConnection connection, IReadOnlyList<JobEnvelope> jobs, List<List<int>> chunks)
    {
        NpgsqlTransaction transaction = await LockingTransaction.BeginAsync(connection).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            try
            {
                foreach (List<int> chunk in chunks)
                    await LoadAsync(connection, chunk.ConvertAll(i => jobs[i])).ConfigureAwait(false);
                await transaction.CommitAsync().ConfigureAwait(false);
                return true;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                await transaction.RollbackAsync().ConfigureAwait(false);
                return false;
            }
        }
    }

    private async Task LoadAsync(NpgsqlConnection connection, List<JobEnvelope> jobs)
    {
        List<(long First, DateTime Now)> begun = await connection.ReadAsync(
            statements.BeginLoad, [clock.Now], static r => (r.GetInt64(0), r.GetDateTime(1))).ConfigureAwait(false);
        (long first, DateTime now) = begun[0];
        await LoadIdsAsync(connection, jobs, first).ConfigureAwait(false);
        await LoadReadyAsync(connection, jobs, first, now).ConfigureAwait(false);
    }

    /// <summary>In the order in which ids are offered elsewhere, against deadlocks.</summary>
    private async Task LoadIdsAsync(NpgsqlConnection connection, List<JobEnvelope> jobs, long first)
    {
        List<(string Name, Guid Id, long Number)> ids = [.. jobs.Select((j, i) => (j.Name, j.Id, first + i))];
        ids.Sort(static (x, y) => string.CompareOrdinal(x.Name, y.Name) is var byName and not 0 ? byName : x.Id.CompareTo(y.Id));
        NpgsqlBinaryImporter rows = await connection.BeginBinaryImportAsync(statements.LoadIds).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            foreach ((_, Guid id, long number) in ids)
            {
                await rows.StartRowAsync().ConfigureAwait(false);
                await rows.WriteAsync(id, NpgsqlDbType.Uuid).ConfigureAwait(false);
                await rows.WriteAsync(number, NpgsqlDbType.Bigint).ConfigureAwait(false);
            }

            await rows.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task LoadReadyAsync(NpgsqlConnection connection, List<JobEnvelope> jobs, long first, DateTime now)
    {
        NpgsqlBinaryImporter rows = await connection.BeginBinaryImportAsync(statements.LoadReady).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            for (int i = 0; i < jobs.Count; i++)
                await WriteAsync(rows, jobs[i], first + i, now).ConfigureAwait(false);
            await rows.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter rows, JobEnvelope job, long number, DateTime now)
    {
        await rows.StartRowAsync().ConfigureAwait(false);
        await rows.WriteAsync(number, NpgsqlDbType.Bigint).ConfigureAwait(false);
        await rows.WriteAsync(job.Id, NpgsqlDbType.Uuid).ConfigureAwait(false);
        await rows.WriteAsync(job.Name, NpgsqlDbType.Text).ConfigureAwait(false);
        await rows.WriteAsync(job.Queue, NpgsqlDbType.Text).ConfigureAwait(false);
        await rows.WriteAsync(Columns.ToRank(job.Priority), NpgsqlDbType.Smallint).ConfigureAwait(false);
        await rows.WriteAsync(now, NpgsqlDbType.TimestampTz).ConfigureAwait(false);
        await rows.WriteAsync(0, NpgsqlDbType.Integer).ConfigureAwait(false);
        await rows.WriteAsync(job.MaxAttempts, NpgsqlDbType.Integer).ConfigureAwait(false);
        await rows.WriteAsync(0L, NpgsqlDbType.Bigint).ConfigureAwait(false);
        await rows.WriteAsync(Columns.ToArray(job.Payload), NpgsqlDbType.Bytea).ConfigureAwait(false);
        if (JobEnvelopeCodec.WriteRest(job) is { } extra)
            await rows.WriteAsync(extra, NpgsqlDbType.Text).ConfigureAwait(false);
        else
            await rows.WriteNullAsync().ConfigureAwait(false);
        await rows.WriteAsync(now, NpgsqlDbType.TimestampTz).ConfigureAwait(false);
    }
}
