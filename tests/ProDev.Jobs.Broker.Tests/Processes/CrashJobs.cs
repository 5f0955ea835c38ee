namespace ProDev.Jobs.Broker.Tests;

/// <summary>Returns its number.</summary>
[Job("broker.member", MaxAttempts = 5)]
internal sealed class MemberJob(Ledger ledger) : IJob<MemberJob.Args, int>
{
    public sealed record Args(int Number);

    public async Task<int> RunAsync(Args args, JobContext context, CancellationToken cancellationToken)
    {
        ledger.Runs.Enqueue((context.Id, context.Name, context.Attempt));
        await ledger.Member(args.Number, cancellationToken);
        return args.Number;
    }
}

/// <summary>Returns the sum of its list.</summary>
[Job("broker.sum", MaxAttempts = 5)]
internal sealed class SumJob(Ledger ledger) : IJob<int[], int>
{
    public Task<int> RunAsync(int[] args, JobContext context, CancellationToken cancellationToken)
    {
        ledger.Runs.Enqueue((context.Id, context.Name, context.Attempt));
        return Task.FromResult(args.Sum());
    }
}

/// <summary>Returns twice its number.</summary>
[Job("broker.double", MaxAttempts = 5)]
internal sealed class DoubleJob(Ledger ledger) : IJob<int, int>
{
    public Task<int> RunAsync(int args, JobContext context, CancellationToken cancellationToken)
    {
        ledger.Runs.Enqueue((context.Id, context.Name, context.Attempt));
        return Task.FromResult(2 * args);
    }
}

/// <summary>Records a step.</summary>
[Job("broker.stepping")]
internal sealed class SteppingJob : IJob<SteppingJob.Args>
{
    public sealed record Args;

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken)
        => context.StepAsync("first", static _ => Task.CompletedTask, cancellationToken);
}
