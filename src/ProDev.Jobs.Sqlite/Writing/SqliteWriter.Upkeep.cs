using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>Rescue, replay, discard, prune.</summary>
internal sealed partial class SqliteWriter
{
    private const string Prunable =
        "SELECT id FROM prodev_jobs_job WHERE state IN (3, 5) AND finished_at <= $before ORDER BY finished_at LIMIT $maximum";

    private Statement _expired;
    private Statement _requeue;
    private Statement _replay;
    private Statement _discard;
    private Statement _dead;
    private Statement _prune;

    public List<RescuedJob> Rescue(int maximum)
    {
        long now = Now();
        var expired = new List<(long Number, long Token, RescuedJob Job, int MaxAttempts, string? Group)>();
        using (SqliteDataReader row = _expired.Bind(now, maximum).Read())
        {
            while (row.Read())
            {
                int attempt = row.GetInt32(4);
                int maxAttempts = row.GetInt32(5);
                var job = new RescuedJob(Columns.ReadId(row, 2), row.GetString(3), attempt, DeadLettered: attempt >= maxAttempts && row.GetInt64(7) == 0);
                expired.Add((row.GetInt64(0), row.GetInt64(1), job, maxAttempts, Columns.ReadTextOrNull(row, 6)));
            }
        }

        foreach ((long number, long token, RescuedJob job, int maxAttempts, string? group) in expired)
        {
            string error = $"Attempt {job.Attempt} of {maxAttempts} never answered: its worker died, hung, or lost its connection until the lease ran out.";
            if (job.DeadLettered)
            {
                _bury.Bind(number, token, now, (int)DeadLetterReason.WorkerLost, error).Execute();
                Follow(JobFollowUp.AfterDeath(Find(_envelope.Bind([number]))!.Value.Job, DeadLetterReason.WorkerLost, error, job.Attempt));
            }
            else if (_requeue.Bind(number, token, error).Execute() == 0)
            {
                EndRevoked(new JobLease(job.Id, token, number), error, uncharged: 0, now);
            }

            _gates.CallMembers(group);
        }

        return [.. expired.Select(static e => e.Job)];
    }

    public bool[] Replay(IReadOnlyList<Guid> ids)
    {
        long now = Now();
        return Each(ids, id => _replay.Bind(Columns.ToBlob(id), now));
    }

    public bool[] Discard(IReadOnlyList<Guid> ids) => [.. ids.Select(id =>
    {
        byte[] job = Columns.ToBlob(id);
        if (Find(_dead.Bind([job])) is not { } found)
            return false;
        _discardNotes.Bind([job]).Execute();
        _discard.Bind([found.Number]).Execute();
        Follow(JobFollowUp.WithoutResult(found.Job));
        return true;
    })];

    public int Prune(TimeSpan age, int maximum)
    {
        long before = Now() - Columns.ToMilliseconds(age);
        _pruneNotes.Bind(before, maximum).Execute();
        return _prune.Bind(before, maximum).Execute();
    }

    [MemberNotNull(nameof(_expired), nameof(_requeue), nameof(_replay), nameof(_discard), nameof(_dead), nameof(_prune))]
    private void PrepareUpkeep()
    {
        _expired = new(
            Connection,
            """
            SELECT id, token, job_id, name, attempt, max_attempts, group_key, revoke FROM prodev_jobs_job
            WHERE state = 2 AND deadline <= $now ORDER BY deadline LIMIT $maximum
            """,
            "$now", "$maximum");
        _requeue = new(
            Connection,
            $"UPDATE prodev_jobs_job SET state = 1, error = $error, deadline = NULL {HeldAndNotRevoked}",
            "$id", "$token", "$error");
        _replay = new(
            Connection,
            """
            UPDATE prodev_jobs_job SET state = 1, attempt = 0, run_at = $now, finished_at = NULL, reason = NULL
            WHERE job_id = $job AND state = 4
            """,
            "$job", "$now");
        _discard = new(Connection, "DELETE FROM prodev_jobs_job WHERE id = $id", "$id");
        _dead = new(Connection, $"{Envelope} WHERE j.job_id = $job AND j.state = 4", "$job");
        _prune = new(Connection, $"DELETE FROM prodev_jobs_job WHERE id IN ({Prunable})", "$before", "$maximum");
    }
}
