using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>The queries. Each is one statement, so that it sees one moment.</summary>
internal sealed class JobReader(JobStatements statements, JobClock clock)
{
    /// <summary>How long until the next scheduled job is due; <see langword="null"/> when there is none.</summary>
    public async Task<TimeSpan?> NextDueAsync(NpgsqlConnection connection)
    {
        List<long?> rows = await connection.ReadAsync(
            statements.NextDue, [clock.Now], static r => r.IsDBNull(0) ? (long?)null : r.GetInt64(0)).ConfigureAwait(false);
        return rows[0] is { } microseconds ? TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond) : null;
    }

    public async Task<JobInfo?> FindAsync(NpgsqlConnection connection, Guid id)
    {
        List<JobInfo> found = await connection.ReadAsync(statements.Find, [Parameter.Of(id)], ReadInfo).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<JobCounts> CountAsync(NpgsqlConnection connection)
    {
        List<JobCounts> rows = await connection.ReadAsync(statements.Count, [], static r => new JobCounts
        {
            Scheduled = r.GetInt64(0),
            Queued = r.GetInt64(1),
            Running = r.GetInt64(2),
            Succeeded = r.GetInt64(3),
            DeadLettered = r.GetInt64(4),
            Revoked = r.GetInt64(5),
        }).ConfigureAwait(false);
        return rows[0];
    }

    public Task<List<JobInfo>> ListDeadAsync(NpgsqlConnection connection, DeadLetterQuery query)
    {
        NpgsqlParameter[] parameters =
        [
            Parameter.Of(query.After), Parameter.Of(query.Name), Parameter.Of(query.Reason is { } reason ? (short)reason : (short?)null),
            Parameter.Of(query.Take),
        ];

        // A name that no column can hold is nobody's name.
        return Columns.IsStorable(query.Name)
            ? connection.ReadAsync(statements.ListDead, parameters, ReadInfo)
            : Task.FromResult(new List<JobInfo>());
    }

    private static JobInfo ReadInfo(NpgsqlDataReader row) => new()
    {
        State = (JobState)row.GetInt32(0),
        Id = row.GetGuid(1),
        Name = row.GetString(2),
        Queue = row.GetString(3),
        Attempt = row.GetInt32(4),
        MaxAttempts = row.GetInt32(5),
        Priority = Columns.ToPriority(row.GetInt16(6)),
        EnqueuedAt = Columns.ReadTime(row, 7),
        RunAt = Columns.ReadTime(row, 8),
        StartedAt = Columns.ReadTimeOrNull(row, 9),
        FinishedAt = Columns.ReadTimeOrNull(row, 10),
        Error = Columns.ReadTextOrNull(row, 11),
        DeadLetterReason = row.IsDBNull(12) ? null : (DeadLetterReason)row.GetInt16(12),
        Result = row.IsDBNull(13) ? default(ReadOnlyMemory<byte>?) : row.GetFieldValue<byte[]>(13),
    };
}
