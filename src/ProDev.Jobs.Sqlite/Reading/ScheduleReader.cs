using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>The queries for schedules. Shares the connection, and so the lock, of the <see cref="SqliteReader"/>.</summary>
internal sealed class ScheduleReader : IDisposable
{
    private const string AllColumns =
        """
        SELECT name, revision, cron, interval, anchor, zone, overlap, catch_up, max_catch_up, job, declaration, paused, next_at, last_at, last_job
        FROM prodev_jobs_schedule
        """;

    private readonly Statement _find;
    private readonly Statement _list;
    private readonly Statement _due;
    private readonly Statement _next;

    public ScheduleReader(SqliteConnection connection)
    {
        _find = new(connection, $"{AllColumns} WHERE name = $name", "$name");
        _list = new(connection, $"{AllColumns} ORDER BY name");
        _due = new(connection, $"{AllColumns} WHERE paused = 0 AND next_at <= $now ORDER BY next_at LIMIT $maximum", "$now", "$maximum");
        _next = new(connection, "SELECT min(next_at) FROM prodev_jobs_schedule WHERE paused = 0 AND next_at IS NOT NULL");
    }

    public JobSchedule? Find(string name) => Read(_find.Bind(name)).SingleOrDefault();

    public List<JobSchedule> List() => Read(_list);

    public List<JobSchedule> ListDue(long now, int maximum) => Read(_due.Bind(now, maximum));

    public long? Next() => _next.Scalar() is { } next ? Convert.ToInt64(next, CultureInfo.InvariantCulture) : null;

    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[_find, _list, _due, _next])
            statement.Dispose();
    }

    private static List<JobSchedule> Read(Statement statement)
    {
        var schedules = new List<JobSchedule>();
        using SqliteDataReader row = statement.Read();
        while (row.Read())
            schedules.Add(ReadSchedule(row));
        return schedules;
    }

    private static JobSchedule ReadSchedule(SqliteDataReader row) => new()
    {
        Name = row.GetString(0),
        Revision = row.GetInt64(1),
        Cron = Columns.ReadTextOrNull(row, 2),
        Interval = row.IsDBNull(3) ? null : TimeSpan.FromMilliseconds(row.GetInt64(3)),
        Anchor = Columns.ReadTime(row, 4),
        TimeZone = row.GetString(5),
        Overlap = (ScheduleOverlap)row.GetInt32(6),
        CatchUp = (ScheduleCatchUp)row.GetInt32(7),
        MaxCatchUp = row.GetInt32(8),
        Job = JobEnvelopeCodec.Read(row.GetFieldValue<byte[]>(9)),
        Declaration = Columns.ReadTextOrNull(row, 10),
        IsPaused = row.GetInt32(11) == 1,
        NextAt = Columns.ReadTimeOrNull(row, 12),
        LastAt = Columns.ReadTimeOrNull(row, 13),
        LastJobId = row.IsDBNull(14) ? null : Columns.ReadId(row, 14),
    };
}
