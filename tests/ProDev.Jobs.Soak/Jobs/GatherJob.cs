namespace ProDev.Jobs.Soak;

/// <summary>
/// The callback of a group of <see cref="LedgerJob"/>. Its key is made of the results, so one that has got too few, or those of another group, runs under a
/// key that nobody has intended.
/// </summary>
[Job("soak.gather", MaxAttempts = 1000)]
public sealed class GatherJob(Ledger ledger) : IJob<IReadOnlyList<string>, string>
{
    public Task<string> RunAsync(IReadOnlyList<string> args, JobContext context, CancellationToken cancellationToken)
    {
        string key = KeyOf(args);
        ledger.Append(new LedgerLine(LedgerEvent.Started, key, context.Id, context.Attempt, context.LeaseToken));
        return Task.FromResult(key);
    }

    public static string KeyOf(IReadOnlyList<string> members) => string.Join('+', members);
}
