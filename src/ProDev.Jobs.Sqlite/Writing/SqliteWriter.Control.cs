using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;
using ProDev.Shared.Leases;

namespace ProDev.Jobs.Sqlite;

/// <summary>Revoking jobs and pausing queues.</summary>
internal sealed partial class SqliteWriter
{
    private const int TokensAreDue = 2;

    private const string Envelope =
        "SELECT j.id, j.job_id, j.name, q.name, j.extra FROM prodev_jobs_job j JOIN prodev_jobs_queue q ON q.id = j.queue";

    private Statement _waiting;
    private Statement _limitsOf;
    private Statement _toRevoke;
    private Statement _endRevoked;
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

    /// <summary>
    /// Returns whether the queue is paused. Queues the jobs whose tokens have come, in any case: as long as they were not, those who wait would be told that there
    /// is work.
    /// </summary>
    private bool IsPaused(string queue)
    {
        long answer = Convert.ToInt64(_isPaused.Bind(QueueId(queue), _time.GetUtcNow().UtcTicks).Scalar(), CultureInfo.InvariantCulture);
        if ((answer & TokensAreDue) != 0)
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
        RowLimits? limits = LimitsOf(id);
        if (!EndRevoked(_waiting.Bind([id]), error: null, uncharged: 0, now))
            return false;
        if (limits is not null)
            _gates.CallNext(limits);
        return true;
    }

    private RowLimits? LimitsOf(byte[] id)
    {
        using SqliteDataReader row = _limitsOf.Bind([id]).Read();
        return row.Read() ? RowLimits.Read(row, 0) : null;
    }

    /// <summary>Ends a job that was to be revoked while it ran. Returns whether it was such a job, and its lease was held.</summary>
    private bool EndRevoked(JobLease lease, string? error, int uncharged, long now)
        => EndRevoked(_toRevoke.Bind(Receipts.NumberOf(lease), lease.Token), error, uncharged, now);

    private bool EndRevoked(Statement find, string? error, int uncharged, long now)
    {
        if (Find(find) is not { } found)
            return false;
        _endRevoked.Bind(found.Number, now, error, uncharged).Execute();
        Follow(JobFollowUp.WithoutResult(found.Job));
        return true;
    }

    /// <summary>The job of a statement that begins with <see cref="Envelope"/>, with what it carries along; its arguments are left out.</summary>
    private static (long Number, JobEnvelope Job)? Find(Statement find)
    {
        using SqliteDataReader row = find.Read();
        if (!row.Read())
            return null;
        var job = new JobEnvelope { Id = Columns.ReadId(row, 1), Name = row.GetString(2), Queue = row.GetString(3) };
        return (row.GetInt64(0), JobEnvelopeCodec.WithRest(job, Columns.ReadTextOrNull(row, 4)));
    }

    [MemberNotNull(nameof(_waiting), nameof(_limitsOf), nameof(_toRevoke), nameof(_endRevoked), nameof(_askToRevoke), nameof(_pause), nameof(_isPaused), nameof(_envelope))]
    private void PrepareControl()
    {
        _waiting = new(Connection, $"{Envelope} WHERE j.job_id = $id AND j.state IN (0, 1, 6)", "$id");
        _limitsOf = new(Connection, $"SELECT {RowLimits.Columns} FROM prodev_jobs_job WHERE job_id = $id", "$id");
        _toRevoke = new(Connection, $"{Envelope} WHERE j.id = $id AND j.token = $token AND j.state = 2 AND j.revoke = 1", "$id", "$token");
        _endRevoked = new(
            Connection,
            """
            UPDATE prodev_jobs_job SET state = 5, payload = NULL, extra = NULL, deadline = NULL, finished_at = $now, error = coalesce($error, error),
                                       attempt = attempt - $uncharged
            WHERE id = $id
            """,
            "$id", "$now", "$error", "$uncharged");
        _askToRevoke = new(Connection, "UPDATE prodev_jobs_job SET revoke = 1 WHERE job_id = $id AND state = 2", "$id");
        _pause = new(
            Connection, "UPDATE prodev_jobs_queue SET paused = $paused WHERE id = $id AND paused <> $paused", "$id", "$paused");
        _isPaused = new(
            Connection,
            $"SELECT paused + {TokensAreDue} * EXISTS (SELECT 1 FROM prodev_jobs_bucket WHERE next_at <= $now) FROM prodev_jobs_queue WHERE id = $id",
            "$id", "$now");
        _envelope = new(Connection, $"{Envelope} WHERE j.id = $id", "$id");
    }
}
