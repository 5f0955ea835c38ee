using System.Diagnostics.CodeAnalysis;

namespace ProDev.Jobs.Sqlite;

/// <summary>Schedules, and who leads their schedulers.</summary>
internal sealed partial class SqliteWriter
{
    private Statement _lead;
    private Statement _resign;
    private Statement _addSchedule;
    private Statement _replaceSchedule;
    private Statement _removeSchedule;
    private Statement _moveSchedule;
    private Statement _noteFired;
    private Statement _isUnfinished;

    public bool TryLead(string owner, TimeSpan lease)
    {
        if (lease > TimeSpan.Zero)
            return _lead.Bind(owner, Now() + Columns.ToMilliseconds(lease), Now()).Execute() == 1;
        _resign.Bind(owner).Execute();
        return false;
    }

    public bool PutSchedule(JobSchedule schedule, long expectedRevision)
    {
        object?[] values =
        [
            schedule.Name, expectedRevision, schedule.Cron, schedule.Interval is { } interval ? Columns.ToMilliseconds(interval) : null,
            Columns.ToMilliseconds(schedule.Anchor), schedule.TimeZone, (int)schedule.Overlap, (int)schedule.CatchUp, schedule.MaxCatchUp,
            JobEnvelopeCodec.Write(schedule.Job), schedule.Declaration, schedule.IsPaused ? 1 : 0, Columns.ToMillisecondsOrNull(schedule.NextAt),
            Columns.ToMillisecondsOrNull(schedule.LastAt), schedule.LastJobId is { } id ? Columns.ToBlob(id) : null,
        ];
        return (expectedRevision == 0 ? _addSchedule : _replaceSchedule).Bind(values).Execute() == 1;
    }

    public bool RemoveSchedule(string name) => _removeSchedule.Bind(name).Execute() == 1;

    public ScheduleFired Fire(ScheduleFiring firing)
    {
        JobSchedule read = firing.Schedule;
        long? expected = Columns.ToMillisecondsOrNull(read.NextAt);
        if (_moveSchedule.Bind(read.Name, read.Revision, expected, Columns.ToMillisecondsOrNull(firing.NextAt)).Execute() == 0)
            return ScheduleFired.Refused;
        if (firing.Jobs.Count == 0)
            return ScheduleFired.Enqueued;

        // The revision is the one that was read, so the rest of what was read is true, too.
        if (read.LastJobId is { } last && read.Overlap != ScheduleOverlap.Queue)
        {
            byte[] id = Columns.ToBlob(last);
            if (read.Overlap == ScheduleOverlap.Replace)
                RevokeWaiting(id, Now());
            else if (_isUnfinished.Bind([id]).Scalar() is not null)
                return ScheduleFired.Skipped;
        }

        EnqueuedJob[] jobs = Enqueue(firing.Jobs);
        _noteFired.Bind(read.Name, Columns.ToMilliseconds(firing.LastAt), Columns.ToBlob(jobs[^1].Id)).Execute();
        return ScheduleFired.Enqueued;
    }

    [MemberNotNull(
        nameof(_lead), nameof(_resign), nameof(_addSchedule), nameof(_replaceSchedule), nameof(_removeSchedule), nameof(_moveSchedule), nameof(_noteFired),
        nameof(_isUnfinished))]
    private void PrepareSchedules()
    {
        string[] columns =
        [
            "$name", "$revision", "$cron", "$interval", "$anchor", "$zone", "$overlap", "$catch_up", "$max_catch_up", "$job", "$declaration", "$paused",
            "$next", "$last", "$last_job",
        ];
        _lead = new(
            Connection,
            """
            INSERT INTO prodev_jobs_lead (id, owner, ends) VALUES (1, $owner, $ends)
            ON CONFLICT (id) DO UPDATE SET owner = $owner, ends = $ends WHERE owner = $owner OR ends <= $now
            """,
            "$owner", "$ends", "$now");
        _resign = new(Connection, "DELETE FROM prodev_jobs_lead WHERE owner = $owner", "$owner");
        _addSchedule = new(
            Connection,
            """
            INSERT INTO prodev_jobs_schedule
                (name, revision, cron, interval, anchor, zone, overlap, catch_up, max_catch_up, job, declaration, paused, next_at, last_at, last_job)
            VALUES ($name, $revision + 1, $cron, $interval, $anchor, $zone, $overlap, $catch_up, $max_catch_up, $job, $declaration, $paused, $next, $last,
                $last_job)
            ON CONFLICT DO NOTHING
            """,
            columns);
        _replaceSchedule = new(
            Connection,
            """
            UPDATE prodev_jobs_schedule SET revision = revision + 1, cron = $cron, interval = $interval, anchor = $anchor, zone = $zone, overlap = $overlap,
                catch_up = $catch_up, max_catch_up = $max_catch_up, job = $job, declaration = $declaration, paused = $paused, next_at = $next,
                last_at = $last, last_job = $last_job
            WHERE name = $name AND revision = $revision
            """,
            columns);
        _removeSchedule = new(Connection, "DELETE FROM prodev_jobs_schedule WHERE name = $name", "$name");
        _moveSchedule = new(
            Connection,
            """
            UPDATE prodev_jobs_schedule SET next_at = $next, revision = revision + 1
            WHERE name = $name AND revision = $revision AND next_at = $expected
            """,
            "$name", "$revision", "$expected", "$next");
        _noteFired = new(
            Connection, "UPDATE prodev_jobs_schedule SET last_at = $last, last_job = $last_job WHERE name = $name", "$name", "$last", "$last_job");
        _isUnfinished = new(Connection, "SELECT 1 FROM prodev_jobs_job WHERE job_id = $id AND state IN (0, 1, 2, 6)", "$id");
    }

    private Statement[] Schedules()
        => [_lead, _resign, _addSchedule, _replaceSchedule, _removeSchedule, _moveSchedule, _noteFired, _isUnfinished];
}
