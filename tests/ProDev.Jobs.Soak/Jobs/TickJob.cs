using System.Globalization;

namespace ProDev.Jobs.Soak;

/// <summary>The job of a schedule. Its key is the schedule and the moment it is for.</summary>
[Job(Name, MaxAttempts = 1000)]
public sealed class TickJob(Ledger ledger) : IJob<TickJob.Args>
{
    /// <summary>What the store knows it by. A client sends it only when it enqueues one.</summary>
    public const string Name = "soak.tick";

    public sealed record Args(string Zone);

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken)
    {
        ledger.Append(new LedgerLine(LedgerEvent.Started, $"{context.Schedule}@{context.ScheduledAt:O}", context.Id, context.Attempt, context.LeaseToken));
        return Task.CompletedTask;
    }

    /// <summary>Whether a key is that of an occurrence, which no producer has enqueued.</summary>
    public static bool IsKey(string key) => key.Contains('@', StringComparison.Ordinal);

    /// <summary>The schedule and the moment of a key.</summary>
    public static (string Schedule, DateTimeOffset At) Read(string key)
    {
        string[] parts = key.Split('@');
        return (parts[0], DateTimeOffset.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
