using System.Collections.Concurrent;

namespace ProDev.Jobs.Conformance;

/// <summary>What <see cref="ScriptedJob"/> does, and a record of every run.</summary>
public sealed class Script
{
    public ConcurrentQueue<JobContext> Runs { get; } = new();

    public ConcurrentQueue<long> Notes { get; } = new();

    public ConcurrentQueue<JobFailure> Failures { get; } = new();

    public Func<ScriptedJob.Args, JobContext, CancellationToken, Task> Body { get; set; } = static (_, _, _) => Task.CompletedTask;

    public Task Run(ScriptedJob.Args args, JobContext context, CancellationToken cancellationToken)
    {
        Runs.Enqueue(context);
        return Body(args, context, cancellationToken);
    }
}
