namespace ProDev.Jobs.Soak;

/// <summary>Writes its start into the ledger, takes a moment, so that faults find jobs at work, and gives back its key.</summary>
[Job("soak.ledger", MaxAttempts = 1000)]
public sealed class LedgerJob(Ledger ledger) : IJob<LedgerJob.Args, string>
{
    /// <param name="Key">The producer's name for the job.</param>
    /// <param name="Milliseconds">How long it takes.</param>
    public sealed record Args(string Key, int Milliseconds = 0);

    public async Task<string> RunAsync(Args args, JobContext context, CancellationToken cancellationToken)
    {
        ledger.Append(new LedgerLine(LedgerEvent.Started, args.Key, context.Id, context.Attempt, context.LeaseToken));
        await Task.Delay(args.Milliseconds, cancellationToken);
        return args.Key.StartsWith(Producer.PoisonPrefix, StringComparison.Ordinal) ? throw new JobGivenUpException("It cannot be done.") : args.Key;
    }
}
