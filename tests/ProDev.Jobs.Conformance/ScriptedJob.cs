namespace ProDev.Jobs.Conformance;

/// <summary>A job that does what the test says.</summary>
[Job("conformance.scripted", MaxAttempts = 3)]
public sealed class ScriptedJob(Script script) : IJob<ScriptedJob.Args>
{
    public sealed record Args(string Label, int Number = 0);

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken)
        => script.Run(args, context, cancellationToken);
}
