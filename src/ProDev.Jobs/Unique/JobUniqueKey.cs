namespace ProDev.Jobs;

/// <summary>
/// The uniqueness of one job as it travels in its <see cref="JobEnvelope"/>, and all that a store needs of it. Stores compare keys and never look into
/// arguments. Immutable.
/// </summary>
public sealed record JobUniqueKey
{
    /// <summary>
    /// Jobs of one name with equal keys are the same, by ordinal. One to 256 characters; <see cref="IJobClient"/> makes a hash of 43.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>See <see cref="JobUniqueness.Period"/>.</summary>
    /// <value>The default is <see langword="null"/>: without limit.</value>
    public TimeSpan? Period { get; init; }

    /// <summary>See <see cref="JobUniqueness.States"/>.</summary>
    /// <value>The default is <see cref="JobUniqueStates.Unfinished"/>.</value>
    public JobUniqueStates States { get; init; } = JobUniqueStates.Unfinished;

    /// <summary>See <see cref="JobUniqueness.OnConflict"/>.</summary>
    /// <value>The default is <see cref="JobConflict.Skip"/>.</value>
    public JobConflict OnConflict { get; init; }

    /// <summary>Whether a job in this state is in the way.</summary>
    /// <param name="state">The state of the other job. One that is scheduled and whose time has come is queued.</param>
    /// <returns>Whether <see cref="States"/> has it.</returns>
    public bool Covers(JobState state) => ((int)States & (1 << (int)state)) != 0;
}
