namespace ProDev.Jobs.Benchmarks;

internal sealed record Hold;

internal sealed record Work(string Text);

[Job("hold")]
internal sealed class HoldJob : IJob<Hold>
{
    public Task RunAsync(Hold args, JobContext context, CancellationToken cancellationToken) => Round.Current.HoldAsync();
}

[Job("work")]
internal sealed class WorkJob : IJob<Work>
{
    public Task RunAsync(Work args, JobContext context, CancellationToken cancellationToken)
    {
        Round.Current.Work();
        return Task.CompletedTask;
    }
}
