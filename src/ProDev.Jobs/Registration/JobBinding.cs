using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProDev.Jobs;

/// <summary>One registered job: its settings, and how to run it without reflection.</summary>
internal abstract class JobBinding(JobDefinition definition, Type jobType, Type argsType, Type? resultType)
{
    public JobDefinition Definition { get; } = definition;

    public Type JobType { get; } = jobType;

    public Type ArgsType { get; } = argsType;

    /// <summary>What the job returns; null if nothing.</summary>
    public Type? ResultType { get; } = resultType;

    /// <summary>Reads the stored arguments. Throws <see cref="JobArgumentsException"/> when they do not fit.</summary>
    public abstract object ReadArguments(ReadOnlyMemory<byte> payload, JsonSerializerOptions options);

    /// <summary>How the arguments become JSON.</summary>
    public abstract JsonTypeInfo ArgumentsContract(JsonSerializerOptions options);

    /// <summary>Writes what the job returned. Throws <see cref="JobResultException"/> when it cannot be stored.</summary>
    public abstract byte[]? WriteResult(object? result, JobsOptions options);

    /// <summary>Creates the job in the given scope, runs it, and gives what it returned to the context.</summary>
    public abstract Task RunAsync(IServiceProvider scope, object args, JobContext context, CancellationToken cancellationToken);
}
