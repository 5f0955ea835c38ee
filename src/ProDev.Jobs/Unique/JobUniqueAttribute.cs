namespace ProDev.Jobs;

/// <summary>
/// Makes the jobs of a class that carries <see cref="JobAttribute"/> unique wherever they are enqueued, schedules included, unless
/// <see cref="EnqueueOptions.Unique"/> says otherwise. See <see cref="JobUniqueness"/>. Mistakes are errors at compile time.
/// </summary>
/// <param name="properties">
/// Properties of the arguments, as they are named in C#, best with <c>nameof</c>: jobs for which all of them are equal are the same. None: jobs with
/// equal arguments are.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class JobUniqueAttribute(params string[] properties) : Attribute
{
    /// <summary>The properties that are compared; empty for all.</summary>
    public IReadOnlyList<string> Properties { get; } = properties;

    /// <summary>Whether jobs are the same whatever their arguments. Not together with properties.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool IgnoreArguments { get; set; }

    /// <summary>
    /// See <see cref="JobUniqueness.Period"/>; written as hours, minutes and seconds, such as <c>00:00:30</c>, with days and fractions if needed:
    /// <c>1.00:00:00</c>. More than zero, at most ten years.
    /// </summary>
    /// <value>The default is <see langword="null"/>: without limit.</value>
    public string? Period { get; set; }

    /// <summary>See <see cref="JobUniqueness.States"/>.</summary>
    /// <value>The default is <see cref="JobUniqueStates.Unfinished"/>.</value>
    public JobUniqueStates States { get; set; } = JobUniqueStates.Unfinished;

    /// <summary>See <see cref="JobUniqueness.OnConflict"/>.</summary>
    /// <value>The default is <see cref="JobConflict.Skip"/>.</value>
    public JobConflict OnConflict { get; set; }

    /// <summary>See <see cref="JobUniqueness.PerQueue"/>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool PerQueue { get; set; }
}
