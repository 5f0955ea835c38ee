using System.Text.Json.Serialization;

namespace ProDev.Jobs;

/// <summary>One step of a chain: a job, or a group of chains that run side by side. Immutable.</summary>
public sealed class JobStep
{
    /// <summary>
    /// The job, with its id; <see langword="null"/> for a group. Its <see cref="JobEnvelope.Continuation"/> holds its own callbacks only;
    /// what follows it in the chain is added when it is enqueued.
    /// </summary>
    public JobEnvelope? Job { get; init; }

    /// <summary>How the job gets the result of the step before.</summary>
    /// <value>The default is <see cref="JobStepInput.None"/>.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JobStepInput Input { get; init; }

    /// <summary>The member of the job's arguments that gets the result, for <see cref="JobStepInput.Member"/>.</summary>
    public string? InputMember { get; init; }

    /// <summary>The chains of a group, each with at least one job; <see langword="null"/> for a job.</summary>
    public IReadOnlyList<IReadOnlyList<JobStep>>? Group { get; init; }

    /// <summary>Identifies the group's join, if something waits for the group.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Guid GroupId { get; init; }
}
