namespace ProDev.Jobs;

/// <summary>What a running job may know about its run. Safe to hand to other threads.</summary>
public sealed class JobContext
{
    /// <summary>Creates a context. The worker does this; tests of a job may, too.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="name">The job's stored name.</param>
    public JobContext(Guid id, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Id = id;
        Name = name;
    }

    /// <summary>The id of the job: the same for every attempt, so it makes a good key for idempotent effects.</summary>
    public Guid Id { get; }

    /// <summary>The stored name of the job.</summary>
    public string Name { get; }

    /// <summary>The queue that the job was fetched from.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string Queue { get; init; } = JobConstants.DefaultQueue;

    /// <summary>The number of this attempt, counted when the job is leased. The first one is 1.</summary>
    /// <value>The default is 1.</value>
    public int Attempt { get; init; } = 1;

    /// <summary>The number of the last attempt before the job becomes a dead letter.</summary>
    /// <value>The default is 5.</value>
    public int MaxAttempts { get; init; } = JobConstants.DefaultMaxAttempts;

    /// <summary>
    /// The fencing token of the lease. Each lease of the same job has a higher one; a system that remembers the highest token it
    /// has seen can refuse the writes of a worker that lost its lease without noticing.
    /// </summary>
    public long LeaseToken { get; init; }

    /// <summary>When the store accepted the job, by the store's clock.</summary>
    public DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>The name of the schedule that enqueued the job; <see langword="null"/> for other jobs.</summary>
    public string? Schedule { get; init; }

    /// <summary>
    /// The time for which the schedule enqueued the job, which may have started much later; <see langword="null"/> for other jobs, and for those
    /// of <see cref="IJobSchedules.TriggerNowAsync"/>.
    /// </summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>
    /// Does a step of the job, or gives back what it returned in an earlier attempt: a job of several steps goes on behind the last one that was done.
    /// A crash between the step and its recording repeats the step.
    /// </summary>
    /// <typeparam name="T">What the step returns; stored as JSON.</typeparam>
    /// <param name="name">
    /// Names the step within the job; keep it as long as jobs are stored. Same characters as a job's name. The same name again gives the same result.
    /// </param>
    /// <param name="step">The work.</param>
    /// <param name="cancellationToken">Given to the step; pass the token of the run.</param>
    /// <returns>What the step returned.</returns>
    /// <exception cref="JobLeaseLostException">The step was done, but another worker may run the job: nothing was recorded.</exception>
    /// <exception cref="NotSupportedException">The provider cannot keep steps.</exception>
    /// <exception cref="ArgumentException">The name is malformed.</exception>
    public Task<T> StepAsync<T>(string name, Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        JobRules.CheckStepName(name, nameof(name));
        return Notes.StepAsync(name, step, cancellationToken);
    }

    /// <summary>Does a step that returns nothing; see <see cref="StepAsync{T}"/>.</summary>
    /// <param name="name">Names the step within the job.</param>
    /// <param name="step">The work.</param>
    /// <param name="cancellationToken">Given to the step; pass the token of the run.</param>
    /// <returns>A task that ends when the step is done and recorded, now or earlier.</returns>
    /// <exception cref="JobLeaseLostException">The step was done, but another worker may run the job: nothing was recorded.</exception>
    /// <exception cref="NotSupportedException">The provider cannot keep steps.</exception>
    /// <exception cref="ArgumentException">The name is malformed.</exception>
    public Task StepAsync(string name, Func<CancellationToken, Task> step, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        JobRules.CheckStepName(name, nameof(name));
        return Notes.StepAsync(name, async token =>
        {
            await step(token).ConfigureAwait(false);
            return true;
        }, cancellationToken);
    }

    /// <summary>
    /// Says how far the job is; <see cref="IJobClient.ProgressAsync"/> shows it. Each call is a write to the store, so call it now and then, not
    /// for each row.
    /// </summary>
    /// <param name="fraction">From 0 to 1.</param>
    /// <param name="message">What it is doing; <see langword="null"/> for nothing.</param>
    /// <returns>A task that ends when the store has it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is out of range or no number.</exception>
    /// <exception cref="JobLeaseLostException">Another worker may run the job.</exception>
    /// <exception cref="NotSupportedException">The provider cannot keep progress.</exception>
    public Task ReportProgressAsync(double fraction, string? message = null)
        => fraction is >= 0 and <= 1
            ? Notes.ReportAsync(new JobProgress(fraction, message))
            : throw new ArgumentOutOfRangeException(nameof(fraction), fraction, $"The fraction is '{fraction}'. Set it from 0 to 1.");

    /// <summary>
    /// Renews the lease now and tells whether it is still held. The worker renews leases by itself; this is for the moment before something that cannot
    /// be undone.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns><see langword="false"/> when another worker may run the job.</returns>
    public Task<bool> HeartbeatAsync(CancellationToken cancellationToken = default) => Notes.HeartbeatAsync(cancellationToken);

    /// <summary>
    /// Why the token of this run has fired; the first cause stays. <see cref="JobCancellationCause.None"/> while it has not, and in a
    /// context that no worker made.
    /// </summary>
    public JobCancellationCause CancellationCause => Held?.Cause ?? JobCancellationCause.None;

    /// <summary>Free text that travels with the job; see <see cref="EnqueueOptions.Headers"/>.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;

    /// <summary>The job that this one followed in a <see cref="Canvas"/>; <see langword="null"/> if the application enqueued it.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>The first job of the <see cref="Canvas"/>; the job itself if it belongs to none.</summary>
    public Guid RootId
    {
        get => field == Guid.Empty ? Id : field;
        init;
    }

    internal HeldJob? Held { get; init; }

    /// <summary>Makes the notes, if the job has any; null in a context that no worker made.</summary>
    internal JobNotesSource? NotesSource { get; init; }

    private JobNotes Notes => LazyInitializer.EnsureInitialized(ref _notes, () => NotesSource is { } source && Held is { } held ? source.For(held) : new JobNotes());

    /// <summary>What the job returned.</summary>
    internal object? Result { get; set; }

    private JobNotes? _notes;

    private static readonly IReadOnlyDictionary<string, string> NoHeaders = new Dictionary<string, string>(StringComparer.Ordinal);
}
