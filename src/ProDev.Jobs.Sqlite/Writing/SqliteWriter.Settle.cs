using System.Diagnostics.CodeAnalysis;

namespace ProDev.Jobs.Sqlite;

/// <summary>What becomes of leased jobs. Every statement asks for the latest token, so a late worker changes nothing.</summary>
internal sealed partial class SqliteWriter
{
    private const string Held = "WHERE id = $id AND token = $token AND state = 2";

    // A job that was revoked while it ran is not started again: it ends instead of going back.
    private static string UnlessRevoked(string state) =>
        $"""
        state = CASE revoke WHEN 0 THEN {state} ELSE 5 END, finished_at = CASE revoke WHEN 0 THEN finished_at ELSE $now END,
        payload = CASE revoke WHEN 0 THEN payload END, extra = CASE revoke WHEN 0 THEN extra END
        """;

    private Statement _complete;
    private Statement _retry;
    private Statement _bury;
    private Statement _extend;
    private Statement _return;
    private Statement _groupOf;

    public bool[] Complete(IReadOnlyList<JobCompletion> completions)
    {
        long now = Now();
        var answers = new bool[completions.Count];
        for (int i = 0; i < completions.Count; i++)
        {
            JobCompletion completion = completions[i];
            JobState state = completion.IsRevoked ? JobState.Revoked : JobState.Succeeded;
            answers[i] = _complete.Bind(Receipts.NumberOf(completion.Lease), completion.Lease.Token, now, (int)state, completion.Result?.ToArray()).Execute() == 1;
            if (answers[i])
                Left(completion.Lease, completion.FollowUp);
        }

        return answers;
    }

    public bool[] Retry(IReadOnlyList<JobRetry> retries)
    {
        long now = Now();
        return EachLeft(retries, static r => r.Lease, retry =>
        {
            JobState state = retry.Delay > TimeSpan.Zero ? JobState.Scheduled : JobState.Queued;
            long runAt = now + Columns.ToMilliseconds(retry.Delay);
            return _retry.Bind(Receipts.NumberOf(retry.Lease), retry.Lease.Token, (int)state, runAt, retry.Error, now, retry.IsUncharged ? 1 : 0);
        });
    }

    public bool[] DeadLetter(IReadOnlyList<JobDeath> deaths)
    {
        long now = Now();
        var answers = new bool[deaths.Count];
        for (int i = 0; i < deaths.Count; i++)
        {
            JobDeath death = deaths[i];
            answers[i] = _bury.Bind(Receipts.NumberOf(death.Lease), death.Lease.Token, now, (int)death.Reason, death.Error).Execute() == 1;
            if (answers[i])
                Left(death.Lease, death.FollowUp);
        }

        return answers;
    }

    public bool[] Extend(IReadOnlyList<JobLease> leases, TimeSpan lease)
    {
        long deadline = Now() + Columns.ToMilliseconds(lease);
        return Each(leases, held => _extend.Bind(Receipts.NumberOf(held), held.Token, deadline));
    }

    public bool[] Return(IReadOnlyList<JobLease> leases)
    {
        long now = Now();
        return EachLeft(leases, static l => l, lease => _return.Bind(Receipts.NumberOf(lease), lease.Token, now));
    }

    /// <summary>A job does not run any more: what follows it, and who gets its place.</summary>
    private void Left(JobLease lease, JobFollowUp? followUp = null)
    {
        Follow(followUp);
        if (Receipts.HasGroup(lease))
            _gates.CallMembers(_groupOf.Bind(Receipts.NumberOf(lease)).Scalar() as string);
    }

    private bool[] EachLeft<T>(IReadOnlyList<T> items, Func<T, JobLease> leaseOf, Func<T, Statement> bind)
    {
        bool[] answers = Each(items, bind);
        for (int i = 0; i < items.Count; i++)
        {
            if (answers[i])
                Left(leaseOf(items[i]));
        }

        return answers;
    }

    private void Follow(JobFollowUp? followUp)
    {
        for (JobFollowUp? next = followUp; next is not null; next = next.Contribution is { } part ? _joins.Contribute(part) : null)
            Enqueue(next.Jobs);
    }

    private static bool[] Each<T>(IReadOnlyList<T> items, Func<T, Statement> bind)
    {
        var answers = new bool[items.Count];
        for (int i = 0; i < items.Count; i++)
            answers[i] = bind(items[i]).Execute() == 1;
        return answers;
    }

    [MemberNotNull(nameof(_complete), nameof(_retry), nameof(_bury), nameof(_extend), nameof(_return), nameof(_groupOf))]
    private void PrepareSettle()
    {
        _complete = new(
            Connection,
            "UPDATE prodev_jobs_job SET state = $state, result = $result, payload = NULL, extra = NULL, error = NULL, deadline = NULL, " +
            $"finished_at = $now {Held}",
            "$id", "$token", "$now", "$state", "$result");
        _retry = new(
            Connection,
            $"UPDATE prodev_jobs_job SET {UnlessRevoked("$state")}, run_at = $run_at, error = $error, attempt = attempt - $uncharged, deadline = NULL {Held}",
            "$id", "$token", "$state", "$run_at", "$error", "$now", "$uncharged");
        _bury = new(
            Connection,
            $"UPDATE prodev_jobs_job SET state = 4, revoke = 0, finished_at = $now, reason = $reason, error = $error, deadline = NULL {Held}",
            "$id", "$token", "$now", "$reason", "$error");
        _groupOf = new(Connection, "SELECT group_key FROM prodev_jobs_job WHERE id = $id", "$id");
        _extend = new(Connection, $"UPDATE prodev_jobs_job SET deadline = $deadline {Held}", "$id", "$token", "$deadline");
        _return = new(
            Connection,
            $"UPDATE prodev_jobs_job SET {UnlessRevoked("1")}, attempt = attempt - 1, deadline = NULL {Held}",
            "$id", "$token", "$now");
    }
}
