namespace ProDev.Jobs.Soak;

/// <summary>
/// Holds a ledger against what the store says in the end, when nothing is under way. Keys that begin with <see cref="Producer.PoisonPrefix"/> must end as dead
/// letters, all others succeed. What was intended and neither confirmed nor withdrawn may be there or not, but not twice.
/// </summary>
public static class LedgerChecker
{
    /// <param name="lines">The ledger.</param>
    /// <param name="find">What the store knows about a job; <see langword="null"/> if nothing.</param>
    public static IReadOnlyList<Finding> Check(IReadOnlyList<LedgerLine> lines, Func<Guid, JobInfo?> find)
    {
        ILookup<Guid, LedgerLine> byId = lines.Where(static l => l.Id != Guid.Empty).ToLookup(static l => l.Id);
        return
        [
            .. lines.Where(static l => l.Event == LedgerEvent.Confirmed).Select(static l => (l.Id, l.Key)).Distinct()
                .SelectMany(c => CheckEnd(c.Id, c.Key, [.. byId[c.Id]], find(c.Id))),
            .. byId.SelectMany(static job => CheckAttempts(job.Key, [.. job])),
            .. CheckKeys(lines),
        ];
    }

    private static IEnumerable<Finding> CheckEnd(Guid id, string key, LedgerLine[] lines, JobInfo? job)
    {
        string name = $"{key} ({id})";
        int starts = lines.Count(static l => l.Event == LedgerEvent.Started);
        if (job is null)
        {
            yield return new(FindingKind.Lost, $"{name} was confirmed, and the store does not know it.");
            yield break;
        }

        bool isPoison = key.StartsWith(Producer.PoisonPrefix, StringComparison.Ordinal);
        if (job.State is JobState.Scheduled or JobState.Queued or JobState.Running)
            yield return new(FindingKind.Stuck, $"{name} is {job.State} in attempt {job.Attempt}: {job.Error}");
        else if (job.State != (isPoison ? JobState.DeadLettered : JobState.Succeeded))
            yield return new(FindingKind.WrongEnd, $"{name} is {job.State}, {job.DeadLetterReason}: {job.Error}");
        else if (isPoison && (job.DeadLetterReason is null || string.IsNullOrEmpty(job.Error)))
            yield return new(FindingKind.WrongEnd, $"{name} is dead without reason or error.");
        else if (starts == 0)
            yield return new(FindingKind.Lost, $"{name} is {job.State} and never ran.");
        if (starts > job.Attempt)
            yield return new(FindingKind.NotCounted, $"{name} ran {starts} times, and the store counts {job.Attempt} attempts.");
    }

    private static IEnumerable<Finding> CheckAttempts(Guid id, LedgerLine[] lines)
    {
        LedgerLine[] starts = [.. lines.Where(static l => l.Event == LedgerEvent.Started)];
        LedgerLine[] accepted = [.. lines.Where(static l => l.Event == LedgerEvent.Accepted)];
        if (starts.Select(static l => l.Token).Distinct().Count() < starts.Length)
            yield return new(FindingKind.TokenTwice, $"{id} started with the tokens {string.Join(", ", starts.Select(static l => l.Token))}.");
        if (accepted.Length > 1)
            yield return new(FindingKind.DoubledCommit, $"{id} ended with the tokens {string.Join(", ", accepted.Select(static l => l.Token))}.");
        if (accepted.Length > 0 && starts.Length > 0 && accepted[0].Token < starts.Max(static l => l.Token))
        {
            yield return new(
                FindingKind.DoubledCommit, $"{id} ended with the token {accepted[0].Token}, and a later lease had {starts.Max(static l => l.Token)}.");
        }
    }

    private static IEnumerable<Finding> CheckKeys(IReadOnlyList<LedgerLine> lines)
    {
        foreach (IGrouping<string, LedgerLine> key in lines.Where(static l => l.Key != LedgerLine.NoKey).GroupBy(static l => l.Key, StringComparer.Ordinal))
        {
            bool ran = key.Any(static l => l.Event == LedgerEvent.Started);
            if (ran && key.Any(static l => l.Event == LedgerEvent.Withdrawn))
                yield return new(FindingKind.Wrongful, $"{key.Key} ran, and its transaction was rolled back.");
            if (ran && !key.Any(static l => l.Event == LedgerEvent.Intended) && !TickJob.IsKey(key.Key))
                yield return new(FindingKind.Wrongful, $"{key.Key} ran, and nobody has enqueued it.");
            Guid[] ids = [.. key.Select(static l => l.Id).Where(static i => i != Guid.Empty).Distinct()];
            if (ids.Length > 1)
                yield return new(FindingKind.DoubledJob, $"{key.Key} has the ids {string.Join(", ", ids)}.");
        }
    }
}
