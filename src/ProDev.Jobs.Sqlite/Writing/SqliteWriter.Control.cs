using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>Revoking jobs and pausing queues.</summary>
internal sealed partial class SqliteWriter
{
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

    private bool IsPaused(string queue) => Convert.ToInt64(_isPaused.Bind(QueueId(queue)).Scalar(), CultureInfo.InvariantCulture) == 1;

    private JobRevocation Revoke(byte[] id, long now)
    {
        if (_revoke.Bind(id, now).Execute() == 1)
            return JobRevocation.Revoked;
        return _askToRevoke.Bind([id]).Execute() == 1 ? JobRevocation.Requested : JobRevocation.TooLate;
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
            "UPDATE prodev_jobs_job SET state = 5, payload = NULL, extra = NULL, finished_at = $now WHERE job_id = $id AND state IN (0, 1)",
            "$id", "$now");
        _askToRevoke = new(Connection, "UPDATE prodev_jobs_job SET revoke = 1 WHERE job_id = $id AND state = 2", "$id");
        _pause = new(
            Connection, "UPDATE prodev_jobs_queue SET paused = $paused WHERE id = $id AND paused <> $paused", "$id", "$paused");
        _isPaused = new(Connection, "SELECT paused FROM prodev_jobs_queue WHERE id = $id", "$id");
        _envelope = new(
            Connection,
            "SELECT j.job_id, j.name, q.name, j.extra FROM prodev_jobs_job j JOIN prodev_jobs_queue q ON q.id = j.queue WHERE j.id = $id",
            "$id");
    }
}
