using System.Diagnostics.CodeAnalysis;
using ProDev.Shared.Leases;

namespace ProDev.Jobs.Sqlite;

/// <summary>What becomes of leased jobs. Every statement asks for the latest token, so a late worker changes nothing.</summary>
internal sealed partial class SqliteWriter
{
    private const string Held = "WHERE id = $id AND token = $token AND state = 2";

    // A job that was revoked while it ran does not go back: it ends.
    private const string HeldAndNotRevoked = $"{Held} AND revoke = 0";

    private Statement _complete;
    private Statement _retry;
    private Statement _bury;
    private Statement _extend;
    private Statement _return;
    private Statement _groupOf;
    private StatementForMany _allHeld;
    private StatementForMany _completeMany;

    public bool[] Complete(IReadOnlyList<JobCompletion> completions)
    {
        long now = Now();
        var answers = new bool[completions.Count];
        if (TryCompleteAlike(completions, now))
        {
            Array.Fill(answers, true);
            foreach (JobCompletion completion in completions)
                Left(completion.Lease, completion.FollowUp);
            return answers;
        }

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

    /// <summary>Completes jobs by one statement if all of them say the same and hold their leases, which is the rule; else nothing has been changed.</summary>
    private bool TryCompleteAlike(IReadOnlyList<JobCompletion> completions, long now)
    {
        if (completions.Count < 2)
            return false;
        long token = completions[0].Lease.Token;
        if (!completions.All(c => c.Lease.Token == token && c is { IsRevoked: false, Result: null }))
            return false;
        var numbers = new JobNumbers(completions.Select(static c => Receipts.NumberOf(c.Lease)));
        if (numbers.HasDoubles || (long)_allHeld.Bind(numbers, token).Scalar()! != numbers.Count)
            return false;
        _completeMany.Bind(numbers, now).Execute();
        return true;
    }

    public bool[] Retry(IReadOnlyList<JobRetry> retries)
    {
        long now = Now();
        var answers = new bool[retries.Count];
        for (int i = 0; i < retries.Count; i++)
        {
            JobRetry retry = retries[i];
            JobState state = retry.Delay > TimeSpan.Zero ? JobState.Scheduled : JobState.Queued;
            long runAt = now + Columns.ToMilliseconds(retry.Delay);
            int uncharged = retry.IsUncharged ? 1 : 0;
            answers[i] = _retry.Bind(Receipts.NumberOf(retry.Lease), retry.Lease.Token, (int)state, runAt, retry.Error, uncharged).Execute() == 1
                || EndRevoked(retry.Lease, retry.Error, uncharged, now);
            if (answers[i])
                Left(retry.Lease);
        }

        return answers;
    }

    public bool[] DeadLetter(IReadOnlyList<JobDeath> deaths)
    {
        long now = Now();
        var answers = new bool[deaths.Count];
        for (int i = 0; i < deaths.Count; i++)
        {
            JobDeath death = deaths[i];
            bool isBuried = _bury.Bind(Receipts.NumberOf(death.Lease), death.Lease.Token, now, (int)death.Reason, death.Error).Execute() == 1;
            answers[i] = isBuried || EndRevoked(death.Lease, death.Error, uncharged: 0, now);
            if (answers[i])
                Left(death.Lease, isBuried ? death.FollowUp : null);
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
        var answers = new bool[leases.Count];
        for (int i = 0; i < leases.Count; i++)
        {
            JobLease lease = leases[i];
            answers[i] = _return.Bind(Receipts.NumberOf(lease), lease.Token).Execute() == 1 || EndRevoked(lease, error: null, uncharged: 1, now);
            if (answers[i])
                Left(lease);
        }

        return answers;
    }

    /// <summary>A job does not run any more: what follows it, and who gets its place.</summary>
    private void Left(JobLease lease, JobFollowUp? followUp = null)
    {
        Follow(followUp);
        if (Receipts.HasGroup(lease))
            _gates.CallMembers(_groupOf.Bind(Receipts.NumberOf(lease)).Scalar() as string);
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

    [MemberNotNull(nameof(_complete), nameof(_retry), nameof(_bury), nameof(_extend), nameof(_return), nameof(_groupOf), nameof(_allHeld), nameof(_completeMany))]
    private void PrepareSettle()
    {
        _complete = new(
            Connection,
            "UPDATE prodev_jobs_job SET state = $state, result = $result, payload = NULL, extra = NULL, error = NULL, deadline = NULL, " +
            $"finished_at = $now {Held}",
            "$id", "$token", "$now", "$state", "$result");

        // The unary plus keeps the planner off the index of the running jobs.
        _allHeld = new(
            Connection, $"SELECT count(*) FROM prodev_jobs_job WHERE {StatementForMany.TheseJobs} AND token = $token AND +state = 2", "$token");
        _completeMany = new(
            Connection,
            "UPDATE prodev_jobs_job SET state = 3, result = NULL, payload = NULL, extra = NULL, error = NULL, deadline = NULL, finished_at = $now " +
            $"WHERE {StatementForMany.TheseJobs}",
            "$now");
        _retry = new(
            Connection,
            "UPDATE prodev_jobs_job SET state = $state, run_at = $run_at, error = $error, attempt = attempt - $uncharged, deadline = NULL " + HeldAndNotRevoked,
            "$id", "$token", "$state", "$run_at", "$error", "$uncharged");
        _bury = new(
            Connection,
            $"UPDATE prodev_jobs_job SET state = 4, finished_at = $now, reason = $reason, error = $error, deadline = NULL {HeldAndNotRevoked}",
            "$id", "$token", "$now", "$reason", "$error");
        _groupOf = new(Connection, "SELECT group_key FROM prodev_jobs_job WHERE id = $id", "$id");
        _extend = new(Connection, $"UPDATE prodev_jobs_job SET deadline = $deadline {Held}", "$id", "$token", "$deadline");
        _return = new(
            Connection,
            $"UPDATE prodev_jobs_job SET state = 1, attempt = attempt - 1, deadline = NULL {HeldAndNotRevoked}",
            "$id", "$token");
    }
}
