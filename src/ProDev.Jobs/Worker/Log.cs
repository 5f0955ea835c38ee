using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>Every log message of the package. Ids are stable and never reused.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Worker {Worker} serves the queues {Queues} with {Concurrency} jobs at a time.")]
    public static partial void Started(this ILogger logger, string worker, string queues, int concurrency);

    [LoggerMessage(2, LogLevel.Information, "Worker {Worker} has stopped.")]
    public static partial void Stopped(this ILogger logger, string worker);

    [LoggerMessage(3, LogLevel.Warning, "The worker has nothing to do: no jobs are registered and no queues are named. Call AddJobsFromThisAssembly().")]
    public static partial void NothingToServe(this ILogger logger);

    [LoggerMessage(4, LogLevel.Warning, "The worker ends although {Count} jobs have ignored their cancellation token. They run again when their lease has run out.")]
    public static partial void StoppedWithRunningJobs(this ILogger logger, int count);

    [LoggerMessage(10, LogLevel.Debug, "Job {Name} {Id} succeeded in attempt {Attempt} after {Milliseconds} ms.")]
    public static partial void Succeeded(this ILogger logger, string name, Guid id, int attempt, double milliseconds);

    [LoggerMessage(11, LogLevel.Warning, "Job {Name} {Id} failed in attempt {Attempt} of {MaxAttempts}; the next one follows after {Milliseconds} ms.")]
    public static partial void AttemptFailed(
        this ILogger logger, string name, Guid id, int attempt, int maxAttempts, double milliseconds, Exception? exception);

    [LoggerMessage(12, LogLevel.Error, "Job {Name} {Id} failed in attempt {Attempt}, its last. It is a dead letter now.")]
    public static partial void DeadLettered(this ILogger logger, string name, Guid id, int attempt, Exception? exception);

    [LoggerMessage(13, LogLevel.Error, "Job {Name} {Id} from queue {Queue} is not registered here. It is a dead letter now; replay it once a worker knows it.")]
    public static partial void UnknownJob(this ILogger logger, string name, Guid id, string queue);

    [LoggerMessage(14, LogLevel.Error, "The stored arguments of job {Name} {Id} cannot be read. It is a dead letter now; replay it once the type fits.")]
    public static partial void InvalidArguments(this ILogger logger, string name, Guid id, Exception exception);

    [LoggerMessage(15, LogLevel.Information, "Job {Name} {Id} was stopped in attempt {Attempt} and is handed back.")]
    public static partial void HandedBack(this ILogger logger, string name, Guid id, int attempt);

    [LoggerMessage(16, LogLevel.Error, "Attempt {Attempt} of job {Name} {Id} ended outside the job, with an exception of type {Type}.")]
    public static partial void AttemptBroken(this ILogger logger, string name, Guid id, int attempt, Type type);

    [LoggerMessage(17, LogLevel.Error, "Job {Name} {Id} gave itself up in attempt {Attempt}. It is a dead letter now.")]
    public static partial void GivenUp(this ILogger logger, string name, Guid id, int attempt, Exception exception);

    [LoggerMessage(18, LogLevel.Critical, "Attempt {Attempt} of job {Name} {Id} ran longer than its hard time limit, {Limit}. It counts as failed, but its code still runs in this process; make it obey its token.")]
    public static partial void HardLimitPassed(this ILogger logger, string name, Guid id, int attempt, TimeSpan limit);

    [LoggerMessage(19, LogLevel.Warning, "Attempt {Attempt} of job {Name} {Id} has ended {Milliseconds} ms after its hard time limit, {Limit}. What became of it does not count.")]
    public static partial void AbandonedEnded(
        this ILogger logger, string name, Guid id, int attempt, double milliseconds, TimeSpan limit, Exception? exception);

    [LoggerMessage(20, LogLevel.Warning, "The lease of job {Name} {Id} was lost in attempt {Attempt}; another worker may run it. The job is cancelled here.")]
    public static partial void LeaseLost(this ILogger logger, string name, Guid id, int attempt);

    [LoggerMessage(21, LogLevel.Warning, "The store refused the outcome of job {Name} {Id}, attempt {Attempt}: the lease had passed to another worker.")]
    public static partial void OutcomeRefused(this ILogger logger, string name, Guid id, int attempt);

    [LoggerMessage(22, LogLevel.Warning, "Job {Name} {Id} lost its worker in attempt {Attempt} and was {Fate}.")]
    public static partial void Rescued(this ILogger logger, string name, Guid id, int attempt, string fate);

    [LoggerMessage(23, LogLevel.Warning, "Job {Name} {Id} expired at {End} and was not started. It is a dead letter now.")]
    public static partial void Expired(this ILogger logger, string name, Guid id, DateTimeOffset end);

    [LoggerMessage(24, LogLevel.Error, "The arguments of job {Name} {Id} have the version {Version}, from which no way leads to the version {Known} of this worker. It is a dead letter now; replay it once a worker knows it.")]
    public static partial void UnknownVersion(this ILogger logger, string name, Guid id, int version, int known);

    [LoggerMessage(25, LogLevel.Warning, "A listener to the meter of ProDev.Jobs has thrown. The job is not concerned.")]
    public static partial void MeasurementFailed(this ILogger logger, Exception exception);

    [LoggerMessage(26, LogLevel.Information, "Job {Name} {Id} was revoked in attempt {Attempt} and is cancelled.")]
    public static partial void Revoked(this ILogger logger, string name, Guid id, int attempt);

    [LoggerMessage(27, LogLevel.Error, "The result of job {Name} {Id} cannot be stored. It is a dead letter now.")]
    public static partial void InvalidResult(this ILogger logger, string name, Guid id, Exception exception);

    [LoggerMessage(28, LogLevel.Information, "Job {Name} {Id} is not ready and waits for {Milliseconds} ms: {Why}")]
    public static partial void Snoozed(this ILogger logger, string name, Guid id, double milliseconds, string? why);

    [LoggerMessage(40, LogLevel.Information, "Scheduler {Owner} leads.")]
    public static partial void SchedulerLeads(this ILogger logger, string owner);

    [LoggerMessage(41, LogLevel.Debug, "Schedule {Schedule} has enqueued {Count} jobs, the last one for {At}.")]
    public static partial void OccurrenceFired(this ILogger logger, string schedule, DateTimeOffset at, int count);

    [LoggerMessage(42, LogLevel.Information, "Schedule {Schedule} has passed over {At}: job {LastJobId} of the occurrence before is not finished.")]
    public static partial void OccurrenceSkipped(this ILogger logger, string schedule, DateTimeOffset at, Guid? lastJobId);

    [LoggerMessage(43, LogLevel.Warning, "Schedule {Schedule} has missed occurrences, the first one at {At}, that get no job; its catch-up is {CatchUp}.")]
    public static partial void OccurrencesMissed(this ILogger logger, string schedule, DateTimeOffset at, ScheduleCatchUp catchUp);

    [LoggerMessage(44, LogLevel.Debug, "Schedule {Schedule} was not fired for {At}: it had changed, or another scheduler was faster.")]
    public static partial void OccurrenceRefused(this ILogger logger, string schedule, DateTimeOffset at);

    [LoggerMessage(45, LogLevel.Error, "Schedule {Schedule} is due but cannot be read here. It will be tried again; correct it, or this system.")]
    public static partial void ScheduleUnreadable(this ILogger logger, string schedule, Exception exception);

    [LoggerMessage(46, LogLevel.Information, "Schedule {Schedule} is in the store as it is declared now.")]
    public static partial void ScheduleDeclared(this ILogger logger, string schedule);

    [LoggerMessage(47, LogLevel.Warning, "Schedule {Schedule} was declared in code once, but not in this program. It fires on; remove it with IJobSchedules.RemoveAsync() if nobody needs it.")]
    public static partial void ScheduleNotDeclared(this ILogger logger, string schedule);

    [LoggerMessage(29, LogLevel.Error, "What follows job {Name} {Id} cannot be made or stored. The job is a dead letter now.")]
    public static partial void FollowUpFailed(this ILogger logger, string name, Guid id, Exception exception);

    [LoggerMessage(58, LogLevel.Warning, "The job store could not be told that worker {Worker} stops. Jobs that wait for it there may wait until this process ends.")]
    public static partial void StopNotTold(this ILogger logger, string worker, Exception exception);

    [LoggerMessage(30, LogLevel.Error, "The job store could not {What}. It will be tried again.")]
    public static partial void StoreFailed(this ILogger logger, string what, Exception exception);
}
