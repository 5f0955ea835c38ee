namespace ProDev.Jobs;

/// <summary>
/// Says when two jobs count as the same, and what happens when one is enqueued while the other is in the store. Only jobs of one name are ever the
/// same. Immutable; a variant is made with <c>with</c>:
/// <c>JobUniqueness.By("customerId") with { OnConflict = JobConflict.Replace }</c>.
/// </summary>
/// <remarks>
/// <para>It is decided once, when a job is enqueued, by the store and at one moment, however many processes enqueue. Retries, lost workers and replayed
/// dead letters are not asked again. Once a job has ended the next one is free, unless <see cref="States"/> says otherwise; there is no lock that could be
/// left behind.</para>
/// <para>It is no limit of concurrency: with <see cref="JobUniqueStates.Waiting"/> one job may wait while another one runs, and then run beside it.</para>
/// <para>Jobs are compared by a hash of what was chosen, made when they are enqueued. A job enqueued under another choice, or without one, is never the same.</para>
/// </remarks>
public sealed record JobUniqueness
{
    private readonly UniqueBy _by;

    private JobUniqueness(UniqueBy by) => _by = by;

    /// <summary>Not unique. Turns off what <see cref="JobUniqueAttribute"/> says for the class.</summary>
    public static JobUniqueness None { get; } = new(UniqueBy.Nothing);

    /// <summary>How long the other job keeps this one out, from the moment the store took it, by the store's clock. More than zero, at most ten years.</summary>
    /// <remarks>
    /// It bounds what debouncing can put off: a job that waits for longer than this is no longer replaced or rescheduled but runs at its time, and the call makes a
    /// new one. With <see cref="JobUniqueStates.Succeeded"/> it has no effect beyond <see cref="JobsOptions.Retention"/>, after which jobs are gone.
    /// </remarks>
    /// <value>The default is <see langword="null"/>: for as long as it is in one of the <see cref="States"/>.</value>
    public TimeSpan? Period { get; init; }

    /// <summary>In which states the other job keeps this one out. At least one; <see cref="JobConflict.Replace"/> and
    /// <see cref="JobConflict.Reschedule"/> need one of <see cref="JobUniqueStates.Waiting"/>.</summary>
    /// <value>The default is <see cref="JobUniqueStates.Unfinished"/>.</value>
    public JobUniqueStates States { get; init; } = JobUniqueStates.Unfinished;

    /// <summary>What happens then. If several jobs are in the way, one that waits counts before one that runs, and that before one that has ended; then the latest.</summary>
    /// <value>The default is <see cref="JobConflict.Skip"/>.</value>
    public JobConflict OnConflict { get; init; }

    /// <summary>Whether jobs in different queues are different.</summary>
    /// <value>The default is <see langword="false"/>: the queue does not matter.</value>
    public bool PerQueue { get; init; }

    internal UniqueBy Kind => _by;

    /// <summary>The chosen properties, or the one key; sorted.</summary>
    internal IReadOnlyList<string> Parts { get; private init; } = [];

    /// <summary>Jobs with equal arguments are the same, whatever the order of their properties and the way their numbers are written.</summary>
    /// <returns>The rule.</returns>
    public static JobUniqueness ByArguments() => new(UniqueBy.Arguments);

    /// <summary>Jobs of one name are the same, whatever their arguments.</summary>
    /// <returns>The rule.</returns>
    public static JobUniqueness ByName() => new(UniqueBy.Name);

    /// <summary>Jobs are the same if these properties of their arguments are equal. A property that is left out in JSON counts as null.</summary>
    /// <param name="properties">
    /// At least one: names as they are in JSON, or as in C#, to which the naming policy of <see cref="JobsOptions.SerializerOptions"/> is applied.
    /// A name that the arguments do not have fails the call that enqueues.
    /// </param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">There is no name, or one is empty or given twice.</exception>
    public static JobUniqueness By(params string[] properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        if (properties.Length == 0)
        {
            throw new ArgumentException(
                "No property is named. Name at least one, or use ByName() for one job whatever its arguments, or ByArguments() for all of them.",
                nameof(properties));
        }

        if (Array.Exists(properties, string.IsNullOrWhiteSpace))
            throw new ArgumentException("One of the properties has an empty name. Name properties of the job's arguments.", nameof(properties));
        string[] sorted = [.. properties.Order(StringComparer.Ordinal)];
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] == sorted[i - 1])
                throw new ArgumentException($"The property '{sorted[i]}' is named twice. Name each once.", nameof(properties));
        }

        return new JobUniqueness(UniqueBy.Properties) { Parts = sorted };
    }

    /// <summary>Jobs are the same if this text is.</summary>
    /// <param name="key">The text; not empty. Only a hash of it is stored.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public static JobUniqueness ByKey(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new JobUniqueness(UniqueBy.Key) { Parts = [key] };
    }

    /// <summary>Two rules are equal if they make the same jobs unique in the same way.</summary>
    /// <param name="other">The other rule.</param>
    /// <returns>Whether they are.</returns>
    public bool Equals(JobUniqueness? other)
        => other is not null && _by == other._by && Parts.SequenceEqual(other.Parts, StringComparer.Ordinal) && Period == other.Period
            && States == other.States && OnConflict == other.OnConflict && PerQueue == other.PerQueue;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_by, Parts.Count, Period, States, OnConflict, PerQueue);
}
