using System.Text.Json;

namespace ProDev.Jobs;

/// <summary>One registered job: its settings, and how to run it without reflection.</summary>
internal abstract class JobBinding(JobDefinition definition, Type jobType, Type argsType)
{
    public JobDefinition Definition { get; } = definition;

    public Type JobType { get; } = jobType;

    public Type ArgsType { get; } = argsType;

    /// <summary>Reads the stored arguments. Throws <see cref="JobArgumentsException"/> when they do not fit.</summary>
    public abstract object ReadArguments(ReadOnlyMemory<byte> payload, JsonSerializerOptions options);

    /// <summary>Creates the job in the given scope and runs it.</summary>
    public abstract Task RunAsync(IServiceProvider scope, object args, JobContext context, CancellationToken cancellationToken);
}
