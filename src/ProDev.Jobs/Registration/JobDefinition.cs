namespace ProDev.Jobs;

/// <summary>The settings of one job, as its <see cref="JobAttribute"/> gives them. Generated code creates it.</summary>
/// <param name="name">The stored name; see <see cref="JobAttribute"/>.</param>
public sealed class JobDefinition(string name)
{
    /// <summary>The stored name.</summary>
    public string Name { get; } = name;

    /// <summary>The queue that the job goes to unless the caller says otherwise.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string Queue { get; init; } = JobConstants.DefaultQueue;

    /// <summary>How often the job may be started in all; at least 1.</summary>
    /// <value>The default is 5.</value>
    public int MaxAttempts { get; init; } = JobConstants.DefaultMaxAttempts;

    /// <summary>The version of the arguments' shape; at least 1. See <see cref="JobAttribute.Version"/>.</summary>
    /// <value>The default is 1.</value>
    public int Version { get; init; } = 1;

    /// <summary>The uniqueness of each of its jobs; see <see cref="JobUniqueAttribute"/>.</summary>
    /// <value>The default is <see langword="null"/>: they are not unique.</value>
    public JobUniqueness? Unique { get; init; }

    /// <summary>How long one attempt may run before its token fires; see <see cref="JobAttribute.SoftTimeLimit"/>.</summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public TimeSpan? SoftTimeLimit { get; init; }

    /// <summary>How long the worker waits for one attempt; see <see cref="JobAttribute.HardTimeLimit"/>.</summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public TimeSpan? HardTimeLimit { get; init; }

    /// <summary>How often jobs of this name may be started; see <see cref="JobAttribute.RateLimit"/>.</summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public JobRate? Rate { get; init; }
}
