namespace ProDev.Jobs.Testing.Tests;

/// <summary>A job that does what the test says.</summary>
internal sealed class WorkJob(Func<Call, Task> work, TimeProvider time, IJobClient jobs) : IJob<WorkJob.Args>
{
    internal sealed record Args(string Text);

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken)
        => work(new Call(args.Text, context, time, jobs, cancellationToken));
}

/// <summary>What the work of a test gets.</summary>
internal sealed record Call(string Text, JobContext Context, TimeProvider Time, IJobClient Jobs, CancellationToken Token)
{
    public Task EnqueueAsync(string text, TimeSpan? delay = null) => Jobs.EnqueueAsync(new WorkJob.Args(text), o => o.Delay = delay);
}
