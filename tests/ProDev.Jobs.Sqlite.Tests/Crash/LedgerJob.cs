namespace ProDev.Jobs.Sqlite.Tests;

/// <summary>Writes its start into the ledger, then takes a moment, so that a kill finds jobs at work.</summary>
[Job("crash.ledger", MaxAttempts = 100)]
public sealed class LedgerJob(Ledger ledger) : IJob<LedgerJob.Args>
{
    public sealed record Args(int Number);

    public async Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken)
    {
        ledger.Append(new Ledger.Entry(args.Number, context.Id, context.Attempt, context.LeaseToken));
        await Task.Delay(args.Number % 10, cancellationToken);
    }
}
