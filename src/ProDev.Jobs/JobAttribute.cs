namespace ProDev.Jobs;

/// <summary>
/// Marks a class that implements <see cref="IJob{TArgs}"/> as a job. The generated <c>AddJobsFromThisAssembly()</c> registers
/// every class of the assembly that carries this attribute.
/// </summary>
/// <param name="name">
/// The name that is stored with each enqueued job. It outlives renames of the class, so choose it once and keep it. One to 128
/// of: letters, digits, <c>.</c>, <c>-</c>, <c>_</c>; the first one a letter or digit. It must be unique in the application.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class JobAttribute(string name) : Attribute
{
    /// <summary>The stored name of the job.</summary>
    public string Name { get; } = name;

    /// <summary>The queue that the job goes to unless <see cref="EnqueueOptions.Queue"/> says otherwise. Same characters as the name.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string Queue { get; set; } = JobConstants.DefaultQueue;

    /// <summary>How often the job may be started in all, the first attempt included. At least 1; 1 means no retry.</summary>
    /// <value>The default is 5.</value>
    public int MaxAttempts { get; set; } = JobConstants.DefaultMaxAttempts;

    /// <summary>
    /// The version of the arguments' shape, stored with each job. Raise it when the shape changes so that stored arguments no longer fit, and
    /// register an <see cref="IJobUpcaster"/> from the version before. A worker that meets a version later than its own makes the job a dead
    /// letter, so update workers before those who enqueue. At least 1.
    /// </summary>
    /// <value>The default is 1.</value>
    public int Version { get; set; } = 1;

    /// <summary>
    /// How long one attempt may run before its token fires, so that it can end in order; written as hours, minutes and seconds,
    /// such as <c>00:00:30</c>, with days and fractions if needed: <c>1.00:00:00</c>. More than zero, at most 30 days, and shorter than
    /// <see cref="HardTimeLimit"/>. An attempt that ends with an exception after it has failed, and <see cref="JobContext.CancellationCause"/>
    /// tells why the token fired.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public string? SoftTimeLimit { get; set; }

    /// <summary>
    /// How long the worker waits for one attempt, written as <see cref="SoftTimeLimit"/>. When it passes, the token fires, the attempt has
    /// failed, and the worker goes on to other jobs. Code that ignores its token still runs, beside the next attempt if there is one: a limit
    /// cannot end a thread. More than zero, at most 30 days.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public string? HardTimeLimit { get; set; }

    /// <summary>
    /// How often jobs of this name may be started, over all workers of the store; written as <c>100/m</c>: starts, from 1 to 1,000,000, a slash, and
    /// <c>s</c>, <c>m</c> or <c>h</c> for a second, a minute or an hour. Starts are spread evenly: here every 0.6 s. The rate is stored with each job that is
    /// enqueued. <see cref="EnqueueOptions.RateKey"/> gives each of its keys a rate of its own. See <see cref="JobRate"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public string? RateLimit { get; set; }

    /// <summary>How many of them may be started at once after a rest; from 1 to 1,000,000. Only together with <see cref="RateLimit"/>.</summary>
    /// <value>The default is 1.</value>
    public int RateBurst { get; set; } = 1;
}
