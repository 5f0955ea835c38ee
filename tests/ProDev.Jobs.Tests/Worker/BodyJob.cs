namespace ProDev.Jobs.Tests;

/// <summary>A job that does what its test says. Not marked, so that only the tests that want it register it.</summary>
internal sealed class BodyJob(JobHost host) : IJob<BodyJob.Args>
{
    public sealed record Args(string Text);

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken)
    {
        host.Runs.Enqueue(context);
        host.Arguments.Enqueue(args);
        return host.Body(context, cancellationToken);
    }
}
