using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>The queries for schedules.</summary>
internal sealed class ScheduleReader(JobStatements statements, JobClock clock)
{
    public async Task<JobSchedule?> FindAsync(NpgsqlConnection connection, string name)
        => (await connection.ReadAsync(statements.FindSchedule, [Parameter.Of(name)], Read).ConfigureAwait(false)).SingleOrDefault();

    public Task<List<JobSchedule>> ListAsync(NpgsqlConnection connection) => connection.ReadAsync(statements.ListSchedules, [], Read);

    public async Task<DueSchedules> ListDueAsync(NpgsqlConnection connection, int maximum)
    {
        DateTimeOffset now = (await connection.ReadAsync(statements.Now, [clock.Now], static r => Columns.ReadTime(r, 0)).ConfigureAwait(false))[0];
        return new DueSchedules(
            now,
            await connection.ReadAsync(
                statements.ListDue, [Parameter.Of((DateTime?)now.UtcDateTime), Parameter.Of(maximum)], Read).ConfigureAwait(false));
    }

    /// <summary>How long until the next schedule is due; <see langword="null"/> when there is none.</summary>
    public async Task<TimeSpan?> UntilDueAsync(NpgsqlConnection connection)
    {
        List<long?> rows = await connection.ReadAsync(
            statements.NextSchedule, [clock.Now], static r => r.IsDBNull(0) ? (long?)null : r.GetInt64(0)).ConfigureAwait(false);
        return rows[0] is { } microseconds ? TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond) : null;
    }

    private static JobSchedule Read(NpgsqlDataReader row) => new()
    {
        Name = row.GetString(0),
        Revision = row.GetInt64(1),
        Cron = Columns.ReadTextOrNull(row, 2),
        Interval = row.IsDBNull(3) ? null : TimeSpan.FromMilliseconds(row.GetInt64(3)),
        Anchor = Columns.ReadTime(row, 4),
        TimeZone = row.GetString(5),
        Overlap = (ScheduleOverlap)row.GetInt16(6),
        CatchUp = (ScheduleCatchUp)row.GetInt16(7),
        MaxCatchUp = row.GetInt32(8),
        Job = JobEnvelopeCodec.Read(row.GetFieldValue<byte[]>(9)),
        Declaration = Columns.ReadTextOrNull(row, 10),
        IsPaused = row.GetBoolean(11),
        NextAt = Columns.ReadTimeOrNull(row, 12),
        LastAt = Columns.ReadTimeOrNull(row, 13),
        LastJobId = row.IsDBNull(14) ? null : row.GetGuid(14),
    };
}
