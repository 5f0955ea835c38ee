namespace ProDev.Jobs;

/// <summary>
/// The provider seam, written as what happens to a job. An application never calls it; <see cref="IJobClient"/> and the worker do.
/// A new provider implements it and inherits the conformance tests.
/// </summary>
/// <remarks>
/// <para>Rules for every operation:</para>
/// <list type="bullet">
/// <item>It is safe for concurrent use, by many workers in many processes if the store can be shared.</item>
/// <item>When its task ends normally, the change is as durable as the store promises. When it fails, nothing has changed, or the
/// outcome is unknown and repeating the same call is safe.</item>
/// <item>Cancellation happens before the change or not at all: a cancelled fetch leaves no lease behind.</item>
/// <item>Times are by the store's clock, never the caller's. Durations in the arguments are added to the store's clock. A broker that has no
/// clock takes that of the process, and says nothing in <see cref="LeasedJob.LeasedAt"/>.</item>
/// <item><b>Fencing.</b> Whoever completes, retries, gives up, extends or returns a job must hold its latest lease. A lease that has
/// run out still counts until another worker was given the job or <see cref="RescueAsync"/> took it away. Refusals are reported per
/// lease by <see langword="false"/>, in the order of the argument; they are no exceptions.</item>
/// </list>
/// </remarks>
public interface IJobStore : IAsyncDisposable
{
    /// <summary>What this store can do. Constant; the core refuses calls that need a missing ability.</summary>
    JobStoreAbilities Abilities { get; }

    /// <summary>
    /// Makes the store usable: connects, and creates or migrates what it needs. Repeating it is harmless, and every other operation
    /// does it when needed; hosts call it at start so that faults show there.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that ends when the store is usable.</returns>
    /// <exception cref="JobStoreException">The store cannot be used; the message says why and what to do.</exception>
    ValueTask OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes jobs, all or none. A job becomes queued, or scheduled when its time has not come. A job whose id is already there, or whose
    /// name and idempotency key are, is left as it is and reported as existing; that holds within one call, too. Wakes
    /// <see cref="WaitForWorkAsync"/>. A store without <see cref="JobStoreAbilities.IdempotencyKeys"/>, such as a broker alone, does not know what is
    /// there and takes every job; it cannot have <see cref="JobStoreAbilities.Continuations"/> either, which rest on known ids.
    /// </summary>
    /// <remarks>
    /// <para>Needs <see cref="JobStoreAbilities.UniqueKeys"/> for a job with <see cref="JobEnvelope.Unique"/>, which is taken only if no other job of its name with an equal key
    /// is in one of its states and, if it has a period, was enqueued less than that ago. Otherwise the one in the way counts: of several, one that waits before one
    /// that runs, that before one that has ended, then the latest. If that one waits, <see cref="JobConflict.Replace"/> and
    /// <see cref="JobConflict.Reschedule"/> are done to it, and what a replaced job has noted is forgotten; see <see cref="JobEnvelope.AsReplacement"/>. Looking and
    /// taking are one change: of many calls at once one makes a job, a fetch at the same moment gets the job before or after it was replaced and never loses it,
    /// and a job that a transaction has not committed yet is waited for. The jobs of one call are taken in their order. Nothing else asks for
    /// uniqueness: not the retry of a job, its rescue or its replay.</para>
    /// </remarks>
    /// <param name="jobs">The jobs; not empty.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>An answer per job, in the same order.</returns>
    /// <exception cref="JobStoreException">The store cannot take them, or it is bounded and full.</exception>
    ValueTask<IReadOnlyList<EnqueuedJob>> EnqueueAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken);

    /// <summary>
    /// Leases ready jobs to a worker and counts the attempt. Order: queue by queue as requested; within a queue higher priority first,
    /// then the earlier time to run, then the earlier enqueued. Scheduled jobs whose time has come are ready. No job is leased twice at once.
    /// With <see cref="JobStoreAbilities.Groups"/>, a job is leased only while fewer jobs of its <see cref="JobEnvelope.Group"/> are leased than the limit
    /// says; with <see cref="JobStoreAbilities.RateLimits"/>, only when the bucket of its <see cref="JobEnvelope.Rate"/> has a token, which it takes. A job that
    /// may not be leased stays queued, uncharged, and keeps nobody else waiting.
    /// </summary>
    /// <param name="request">Which queues, how many, how long.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>The leased jobs in the order above; empty when none is ready. Never waits for work.</returns>
    ValueTask<IReadOnlyList<LeasedJob>> FetchAsync(FetchRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until a job of these queues may be ready: enqueued, due, returned, rescued, replayed, or allowed by a place that is free in its group or by
    /// its rate. May end early without reason.
    /// What happens after the call is not missed, so a worker that found nothing calls this first, fetches once more, and then awaits.
    /// </summary>
    /// <param name="queues">The queues.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that ends when it is worth to fetch again.</returns>
    Task WaitForWorkAsync(IReadOnlyList<string> queues, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>
    /// Says that a worker fetches no more. It is said once, when the worker stops, while its jobs may still run and may still be handed back. A store
    /// that is pushed jobs gives back those that wait for a fetch, unless others fetch from it; one that is asked for jobs has nothing to do.
    /// </summary>
    /// <param name="worker">The worker, as its requests named it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that ends when nothing waits for this worker any more. By default, at once.</returns>
    ValueTask StopFetchingAsync(string worker, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// Ends jobs as succeeded (or revoked), keeps their results, and forgets their arguments. What follows a job is taken in the same change, and
    /// only if its lease was held; see <see cref="JobFollowUp"/>.
    /// </summary>
    /// <param name="completions">The jobs; not empty.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>Per job, whether its lease was still held.</returns>
    ValueTask<IReadOnlyList<bool>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken);

    /// <summary>
    /// Schedules another attempt of jobs and records the error. The attempt stays counted, unless <see cref="JobRetry.IsUncharged"/> says otherwise. The
    /// fencing token is not reused.
    /// </summary>
    /// <param name="retries">The jobs; not empty.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>Per job, whether its lease was still held.</returns>
    ValueTask<IReadOnlyList<bool>> RetryAsync(IReadOnlyList<JobRetry> retries, CancellationToken cancellationToken);

    /// <summary>
    /// Gives jobs up, but keeps them with their arguments, reason and error, to be replayed or discarded. What follows is taken in the same change.
    /// </summary>
    /// <param name="deaths">The jobs; not empty.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>Per job, whether its lease was still held.</returns>
    ValueTask<IReadOnlyList<bool>> DeadLetterAsync(IReadOnlyList<JobDeath> deaths, CancellationToken cancellationToken);

    /// <summary>Makes leases hold for <paramref name="lease"/> from now.</summary>
    /// <param name="leases">The leases; not empty.</param>
    /// <param name="lease">How long.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>
    /// Per lease, whether it was still held; one that was not must be treated as lost. A worker settles a lost job no more, so a store that holds anything
    /// for it, such as an unacknowledged message, gives that back here.
    /// </returns>
    ValueTask<IReadOnlyList<bool>> ExtendAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>
    /// Puts jobs back as if they had not been fetched: queued at their old place, the attempt not counted. The fencing token is not reused. A broker
    /// alone may put them last.
    /// </summary>
    /// <param name="leases">The leases; not empty.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>Per lease, whether it was still held.</returns>
    ValueTask<IReadOnlyList<bool>> ReturnAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken);

    /// <summary>
    /// Takes jobs from holders whose lease ran out. Such a job is queued again at once; after its last attempt it is given up with
    /// <see cref="DeadLetterReason.WorkerLost"/>, so that a job that kills its process cannot do so forever; its
    /// <see cref="JobFollowUp.AfterDeath"/> is taken in the same change. A broker that redelivers by itself returns nothing here.
    /// </summary>
    /// <param name="maximum">How many jobs at most; at least 1.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>What was rescued.</returns>
    ValueTask<IReadOnlyList<RescuedJob>> RescueAsync(int maximum, CancellationToken cancellationToken);

    /// <summary>
    /// Revokes jobs: those that wait end as <see cref="JobState.Revoked"/>, those that run are remembered for <see cref="FindRevokedAsync"/> until
    /// they end. A job that is retried, handed back, given up or rescued after it was to be revoked is not started again and no dead letter: it ends as
    /// revoked. What would have followed does not happen; <see cref="JobFollowUp.WithoutResult"/> is taken in its place. Needs <see cref="JobStoreAbilities.Revocation"/>.
    /// </summary>
    /// <param name="ids">The jobs; not empty.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>Per job, what became of it.</returns>
    ValueTask<IReadOnlyList<JobRevocation>> RevokeAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken);

    /// <summary>Asks whether running jobs are to be revoked. Workers ask often. Needs <see cref="JobStoreAbilities.Revocation"/>.</summary>
    /// <param name="leases">The leases; not empty.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>Per lease, whether it is held and its job is to be revoked.</returns>
    ValueTask<IReadOnlyList<bool>> FindRevokedAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken);

    /// <summary>
    /// Pauses a queue, known or not: from now on no job of it is fetched, by any worker. Jobs that run are not disturbed, and jobs can be
    /// enqueued. Needs <see cref="JobStoreAbilities.Pauses"/>.
    /// </summary>
    /// <param name="queue">The queue.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>Whether it was not paused before.</returns>
    ValueTask<bool> PauseAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Ends the pause of a queue and wakes the workers. Needs <see cref="JobStoreAbilities.Pauses"/>.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>Whether it was paused.</returns>
    ValueTask<bool> ResumeAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Lists the paused queues, sorted by ordinal. Needs <see cref="JobStoreAbilities.Pauses"/>.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>Their names.</returns>
    ValueTask<IReadOnlyList<string>> ListPausedAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Waits until a job may have ended: succeeded, given up, revoked, or discarded. May end early without reason, and what happens after the call is
    /// not missed; whoever waits for a job calls this first, looks it up, and then awaits. Needs <see cref="JobStoreAbilities.Results"/>.
    /// </summary>
    /// <param name="id">The job; <see langword="null"/> for any. Thousands may wait at once, so an end should wake those only whose job it is.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that ends when it is worth to look again.</returns>
    Task WaitForEndAsync(Guid? id, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps a named value with a job that runs, in place of an earlier one of the same name. Values stay with the job over all attempts and its end,
    /// until it is pruned or discarded. Needs <see cref="JobStoreAbilities.Notes"/>.
    /// </summary>
    /// <param name="lease">The lease of the attempt.</param>
    /// <param name="name">The name; ordinal.</param>
    /// <param name="value">The value, as JSON.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>Whether the lease was still held; otherwise nothing was kept.</returns>
    ValueTask<bool> NoteAsync(JobLease lease, string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken);

    /// <summary>Reads the named values of a job. Needs <see cref="JobStoreAbilities.Notes"/>.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The values by name; empty if there are none, or no such job.</returns>
    ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> ReadNotesAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Looks a job up. Needs <see cref="JobStoreAbilities.Queries"/>.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The job, or <see langword="null"/>.</returns>
    ValueTask<JobInfo?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Counts the jobs in each state, at one moment. Needs <see cref="JobStoreAbilities.Queries"/>.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The counts.</returns>
    ValueTask<JobCounts> CountAsync(CancellationToken cancellationToken);

    /// <summary>Lists dead letters by id, ascending. Needs <see cref="JobStoreAbilities.Queries"/>.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The page.</returns>
    ValueTask<IReadOnlyList<JobInfo>> ListDeadLettersAsync(DeadLetterQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Queues dead letters again, attempts counted from zero, the last error kept until the next one. Needs <see cref="JobStoreAbilities.Queries"/>.
    /// </summary>
    /// <param name="ids">The jobs; not empty.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>Per job, whether it was a dead letter.</returns>
    ValueTask<IReadOnlyList<bool>> ReplayAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes dead letters, and takes <see cref="JobFollowUp.WithoutResult"/> in the same change. Needs <see cref="JobStoreAbilities.Queries"/>.
    /// </summary>
    /// <param name="ids">The jobs; not empty.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>Per job, whether it was a dead letter.</returns>
    ValueTask<IReadOnlyList<bool>> DiscardAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken);

    /// <summary>Deletes jobs that succeeded or were revoked longer ago than <paramref name="age"/>, oldest first.</summary>
    /// <param name="age">The age, zero or more.</param>
    /// <param name="maximum">How many at most; at least 1. Callers repeat while this many were deleted.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>How many were deleted.</returns>
    ValueTask<int> PruneAsync(TimeSpan age, int maximum, CancellationToken cancellationToken);

    // Schedules. All of these need JobStoreAbilities.Schedules.

    /// <summary>Tells the time by the store's clock, the one that decides what is due.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The time.</returns>
    ValueTask<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes a scheduler the leader for <paramref name="lease"/> from now, if nobody else's lead lasts. The leader itself prolongs its lead with
    /// it; a lease of zero gives the lead up. The lead saves work and protects nothing: <see cref="FireScheduleAsync"/> does.
    /// </summary>
    /// <param name="owner">Identifies the scheduler among all of all processes.</param>
    /// <param name="lease">How long the lead lasts, zero or more.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>Whether it leads now; always <see langword="false"/> for a lease of zero.</returns>
    ValueTask<bool> TryLeadAsync(string owner, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>
    /// Adds or replaces a schedule, if its revision is still the expected one. Wakes <see cref="WaitForSchedulesAsync"/>, at least of this process.
    /// </summary>
    /// <param name="schedule">The schedule. Its own revision is ignored; the store counts.</param>
    /// <param name="expectedRevision">The revision that was read; 0 when no schedule of that name may be there.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns><see langword="false"/> when the schedule has changed, is gone or is there already; nothing has changed then.</returns>
    ValueTask<bool> PutScheduleAsync(JobSchedule schedule, long expectedRevision, CancellationToken cancellationToken);

    /// <summary>Deletes a schedule. Its jobs stay.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns><see langword="false"/> when there was none.</returns>
    ValueTask<bool> RemoveScheduleAsync(string name, CancellationToken cancellationToken);

    /// <summary>Looks a schedule up.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The schedule, or <see langword="null"/>.</returns>
    ValueTask<JobSchedule?> FindScheduleAsync(string name, CancellationToken cancellationToken);

    /// <summary>Lists all schedules by name, ordinal.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The schedules.</returns>
    ValueTask<IReadOnlyList<JobSchedule>> ListSchedulesAsync(CancellationToken cancellationToken);

    /// <summary>Lists the schedules that are not paused and whose next time has come by the store's clock, the longest due first.</summary>
    /// <param name="maximum">How many at most; at least 1.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The schedules and the moment.</returns>
    ValueTask<DueSchedules> ListDueSchedulesAsync(int maximum, CancellationToken cancellationToken);

    /// <summary>
    /// Moves a schedule to its new next time and enqueues the jobs, both or nothing, if its revision and next time are those that were read: of
    /// many schedulers that fire the same occurrence, one succeeds. The revision is counted up, and the last job becomes the latest one. A job whose
    /// id is already there is left as it is and counts as enqueued. If the schedule skips overlaps and the job of its latest occurrence is
    /// scheduled, queued or running, the schedule is moved and nothing enqueued; if it replaces them, that job is revoked when it is scheduled or
    /// queued. Wakes <see cref="WaitForWorkAsync"/>.
    /// </summary>
    /// <param name="firing">The step.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>What has happened.</returns>
    /// <exception cref="JobStoreException">The store cannot take the jobs, or it is bounded and full; the schedule is where it was.</exception>
    ValueTask<ScheduleFired> FireScheduleAsync(ScheduleFiring firing, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until a schedule is due by the store's clock, or was put. May end early without reason. What happens after the call is not missed.
    /// </summary>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether a schedule is due.</returns>
    Task<bool> WaitForSchedulesAsync(TimeSpan timeout, CancellationToken cancellationToken);
}
