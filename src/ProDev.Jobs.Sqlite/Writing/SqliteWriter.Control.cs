using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>Revoking jobs and pausing queues.</summary>
internal sealed partial class SqliteWriter
{
    private const int TokensAreDue = 2;

    private Statement _revoke;
    private Statement _askToRevoke;
    private Statement _pause;
    private Statement _isPaused;
    private Statement _envelope;

    public JobRevocation[] Revoke(IReadOnlyList<Guid> ids)
    {
        long now = Now();
        return [.. ids.Select(id => Revoke(Columns.ToBlob(id), now))];
    }

    /// <summary>Returns whether that changed anything.</summary>
    public bool Pause(string queue, bool isPaused) => _pause.Bind(QueueId(queue), isPaused ? 1 : 0).Execute() == 1;

    /// <summary>Returns whether the queue is paused; if not, jobs whose tokens have come are queued.</summary>
    private bool IsPaused(string queue)
    {
        long answer = Convert.ToInt64(_isPaused.Bind(QueueId(queue), _time.GetUtcNow().UtcTicks).Scalar(), CultureInfo.InvariantCulture);
        if (answer == TokensAreDue)
            _gates.CallDue();
        return (answer & 1) == 1;
    }

    private JobRevocation Revoke(byte[] id, long now)
    {
        if (RevokeWaiting(id, now))
            return JobRevocation.Revoked;
        return _askToRevoke.Bind([id]).Execute() == 1 ? JobRevocation.Requested : JobRevocation.TooLate;
    }

    /// <summary>Ends a job if it waits. If a limit had called it, the next one gets its turn.</summary>
    private bool RevokeWaiting(byte[] id, long now)
    {
        RowLimits? limits;
        using (SqliteDataReader row = _revoke.Bind(id, now).Read())
        {
            if (!row.Read())
                return false;
            limits = RowLimits.Read(row, 0);
        }

        if (limits is not null)
            _gates.CallNext(limits);
        return true;
    }

    private JobEnvelope EnvelopeOf(long number)
    {
        using SqliteDataReader row = _envelope.Bind(number).Read();
        row.Read();
        return JobEnvelopeCodec.WithRest(
            new JobEnvelope { Id = Columns.ReadId(row, 0), Name = row.GetString(1), Queue = row.GetString(2) }, Columns.ReadTextOrNull(row, 3));
    }

    [MemberNotNull(nameof(_revoke), nameof(_askToRevoke), nameof(_pause), nameof(_isPaused), nameof(_envelope))]
    private void PrepareControl()
    {
        _revoke = new(
            Connection,
            "UPDATE prodev_jobs_job SET state = 5, payload = NULL, extra = NULL, finished_at = $now WHERE job_id = $id AND state IN (0, 1, 6) " +
            $"RETURNING {RowLimits.Columns}",
            "$id", "$now");
        _askToRevoke = new(Connection, "UPDATE prodev_jobs_job SET revoke = 1 WHERE job_id = $id AND state = 2", "$id");
        _pause = new(
            Connection, "UPDATE prodev_jobs_queue SET paused = $paused WHERE id = $id AND paused <> $paused", "$id", "$paused");
        _isPaused = new(
            Connection,
            $"SELECT paused + {TokensAreDue} * EXISTS (SELECT 1 FROM prodev_jobs_bucket WHERE next_at <= $now) FROM prodev_jobs_queue WHERE id = $id",
            "$id", "$now");
        _envelope = new(
            Connection,
            "SELECT j.job_id, j.name, q.name, j.extra FROM prodev_jobs_job j JOIN prodev_jobs_queue q ON q.id = j.queue WHERE j.id = $id",
            "$id");
    }
}
