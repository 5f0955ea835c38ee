namespace ProDev.Jobs;

/// <summary>
/// Changes schedules at run time. They are kept in the store and fire wherever a worker or a scheduler runs on it, whoever put them there.
/// Registered as a singleton by <c>AddProDevJobs()</c>; safe for concurrent use. Every method throws <see cref="NotSupportedException"/> when the
/// store cannot keep schedules.
/// </summary>
public interface IJobSchedules
{
    /// <summary>
    /// Adds schedules, or replaces those of the same name: <c>PutAsync(s =&gt; s.Cron("digest", "0 9 * * *", new SendDigest.Args()))</c>. One whose
    /// expression, zone, interval and anchor stay the same keeps its next time. A paused one stays paused. A replaced one that is declared in code
    /// stays as it is put here until the declaration changes.
    /// </summary>
    /// <param name="configure">Says which.</param>
    /// <param name="cancellationToken">Cancels between two schedules; those before stay.</param>
    /// <returns>A task that ends when the store has them.</returns>
    /// <exception cref="ArgumentException">A schedule is wrong, or its arguments cannot be serialised or are too large.</exception>
    /// <exception cref="InvalidOperationException">No registered job, or more than one, takes the arguments.</exception>
    Task PutAsync(Action<JobSchedulesBuilder> configure, CancellationToken cancellationToken = default);

    /// <summary>Gives a schedule other times. Job, arguments and options stay, except for a pending catch-up, which is forgotten.</summary>
    /// <param name="name">The schedule.</param>
    /// <param name="cron">The new cron expression; an interval is replaced, too.</param>
    /// <param name="timeZone">The IANA id of the time zone in which it is read; <see langword="null"/> for UTC.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns><see langword="false"/> when there is no such schedule.</returns>
    /// <exception cref="ArgumentException">The expression or the zone is wrong.</exception>
    Task<bool> RetimeAsync(string name, string cron, string? timeZone = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes a schedule. Its jobs stay. One that is declared in code comes back when a host that declares it starts.</summary>
    /// <param name="name">The schedule.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns><see langword="false"/> when there is no such schedule.</returns>
    Task<bool> RemoveAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Looks a schedule up.</summary>
    /// <param name="name">The schedule.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The schedule, or <see langword="null"/>.</returns>
    Task<ScheduleInfo?> FindAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Lists all schedules by name, ordinal.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The schedules.</returns>
    Task<IReadOnlyList<ScheduleInfo>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Stops a schedule until it is resumed. Pausing a paused one is harmless.</summary>
    /// <param name="name">The schedule.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns><see langword="false"/> when there is no such schedule.</returns>
    Task<bool> PauseAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Lets a paused schedule go on with the first occurrence that lies ahead. Those during the pause are not caught up.</summary>
    /// <param name="name">The schedule.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns><see langword="false"/> when there is no such schedule.</returns>
    Task<bool> ResumeAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>
    /// Enqueues the job of a schedule at once, even if it is paused or its last job is not finished. Its next time does not change.
    /// </summary>
    /// <param name="name">The schedule.</param>
    /// <param name="cancellationToken">Cancels before the store takes the job.</param>
    /// <returns>The handle of the job, or <see langword="null"/> when there is no such schedule.</returns>
    /// <exception cref="JobStoreException">The store cannot take the job; it was not enqueued.</exception>
    Task<JobHandle?> TriggerNowAsync(string name, CancellationToken cancellationToken = default);
}
