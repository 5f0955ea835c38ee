using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>Revoking jobs and pausing queues.</summary>
internal sealed partial class SqliteWriter
{
    private const string Envelope =
        "SELECT j.id, j.job_id, j.name, q.name, j.extra FROM prodev_jobs_job j JOIN prodev_jobs_queue q ON q.id = j.queue";

    private Statement _waiting;
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

    private bool IsPaused(string queue) => Convert.ToInt64(_isPaused.Bind(QueueId(queue)).Scalar(), CultureInfo.InvariantCulture) == 1;

    private JobRevocation Revoke(byte[] id, long now)
    {
        if (RevokeWaiting(id, now))
            return JobRevocation.Revoked;
        return _askToRevoke.Bind([id]).Execute() == 1 ? JobRevocation.Requested : JobRevocation.TooLate;
    }

    /// <summary>Returns whether the job waited.</summary>
    private bool RevokeWaiting(byte[] id, long now) => EndRevoked(_waiting.Bind([id]), error: null, uncharged: 0, now);

    /// <summary>Ends a job that was to be revoked while it ran. Returns whether it was such a job, and its lease was held.</summary>
    private bool EndRevoked(JobLease lease, string? error, int uncharged, long now)
        => EndRevoked(_toRevoke.Bind(lease.Receipt, lease.Token), error, uncharged, now);

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

    [MemberNotNull(nameof(_waiting), nameof(_toRevoke), nameof(_endRevoked), nameof(_askToRevoke), nameof(_pause), nameof(_isPaused), nameof(_envelope))]
    private void PrepareControl()
    {
        _waiting = new(Connection, $"{Envelope} WHERE j.job_id = $id AND j.state IN (0, 1)", "$id");
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
        _isPaused = new(Connection, "SELECT paused FROM prodev_jobs_queue WHERE id = $id", "$id");
        _envelope = new(Connection, $"{Envelope} WHERE j.id = $id", "$id");
    }
}
