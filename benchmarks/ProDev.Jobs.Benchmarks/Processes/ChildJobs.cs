using System.Diagnostics;

namespace ProDev.Jobs.Benchmarks;

internal sealed record Stamp(int Number);

internal sealed record Tally;

internal sealed record Forever(int Number);

/// <summary>Says when it was started, by the clock that all processes of a machine share.</summary>
[Job("stamp")]
internal sealed class StampJob : IJob<Stamp>
{
    public Task RunAsync(Stamp args, JobContext context, CancellationToken cancellationToken)
    {
        ChildProcess.Say(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{args.Number} {Stopwatch.GetTimestamp()}"));
        return Task.CompletedTask;
    }
}

/// <summary>Does nothing, and is counted.</summary>
[Job("tally")]
internal sealed class TallyJob : IJob<Tally>
{
    public Task RunAsync(Tally args, JobContext context, CancellationToken cancellationToken)
    {
        ChildProcess.Count();
        return Task.CompletedTask;
    }
}

/// <summary>Says that it was started, and does not end.</summary>
[Job("forever")]
internal sealed class ForeverJob : IJob<Forever>
{
    public Task RunAsync(Forever args, JobContext context, CancellationToken cancellationToken)
    {
        ChildProcess.Say(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{args.Number} {Stopwatch.GetTimestamp()}"));
        return Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
