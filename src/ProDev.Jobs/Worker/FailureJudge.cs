using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>Decides what becomes of a job whose attempt did not succeed.</summary>
internal sealed class FailureJudge(JobsOptions options, ILogger logger)
{
    /// <summary>The job ended with an exception.</summary>
    public JobOutcome Failed(HeldJob held, TimeSpan? softLimit, Exception e)
    {
        JobEnvelope envelope = held.Job.Envelope;
        int attempt = held.Job.Attempt;
        if (e is JobGivenUpException)
        {
            logger.GivenUp(envelope.Name, envelope.Id, attempt, e);
            return JobOutcome.Dead(held, DeadLetterReason.GivenUp, JobErrors.Describe(e));
        }

        if (e is JobResultException)
        {
            logger.InvalidResult(envelope.Name, envelope.Id, e);
            return JobOutcome.Dead(held, DeadLetterReason.InvalidResult, JobErrors.Shorten(e.Message));
        }

        if (e is JobSnoozeException snooze)
        {
            logger.Snoozed(envelope.Name, envelope.Id, snooze.Delay.TotalMilliseconds, JobErrors.Message(e));
            return JobOutcome.Snoozed(held, JobErrors.Shorten(JobErrors.Message(e) ?? ""), snooze.Delay);
        }

        if (held.Cause == JobCancellationCause.Revoked)
            return JobOutcome.Revoked(held);

        var asked = e as JobRetryException;
        if (held.Cause == JobCancellationCause.WorkerStopping && asked is null)
        {
            logger.HandedBack(envelope.Name, envelope.Id, attempt);
            return JobOutcome.Returned(held);
        }

        string error = JobErrors.Describe(e);
        if (held.Cause == JobCancellationCause.SoftTimeLimit)
            error = JobErrors.SoftTimeLimit(attempt, softLimit.GetValueOrDefault(), error);
        return RetryOrBury(held, error, asked?.Delay, e);
    }

    /// <summary>The job has not ended, and nobody waits for it any more.</summary>
    public JobOutcome HardLimitPassed(HeldJob held, TimeSpan limit)
    {
        logger.HardLimitPassed(held.Job.Envelope.Name, held.Job.Envelope.Id, held.Job.Attempt, limit);
        if (held.Cause == JobCancellationCause.Revoked)
            return JobOutcome.Revoked(held);
        return RetryOrBury(held, JobErrors.HardTimeLimit(held.Job.Attempt, limit), delay: null, exception: null);
    }

    /// <summary>What surrounds the job failed: a trace listener or the source of jitter.</summary>
    public JobOutcome FailedOutside(HeldJob held, Exception e)
    {
        JobEnvelope envelope = held.Job.Envelope;
        logger.AttemptBroken(envelope.Name, envelope.Id, held.Job.Attempt, e.GetType());
        if (held.Cause == JobCancellationCause.WorkerStopping)
            return JobOutcome.Returned(held);

        string error = $"The attempt ended with an exception of type '{e.GetType()}' outside the job, in a trace listener or in " +
            "JobBackoffOptions.Randomness.";
        return held.Job.Attempt >= envelope.MaxAttempts
            ? JobOutcome.Dead(held, DeadLetterReason.AttemptsExhausted, error)
            : JobOutcome.Retry(held, error, options.Backoff.MaxDelay);
    }

    private JobOutcome RetryOrBury(HeldJob held, string error, TimeSpan? delay, Exception? exception)
    {
        JobEnvelope envelope = held.Job.Envelope;
        int attempt = held.Job.Attempt;
        if (attempt >= envelope.MaxAttempts)
        {
            logger.DeadLettered(envelope.Name, envelope.Id, attempt, exception);
            return JobOutcome.Dead(held, DeadLetterReason.AttemptsExhausted, error);
        }

        TimeSpan wait = delay ?? JobBackoff.DelayAfter(attempt, options.Backoff);
        logger.AttemptFailed(envelope.Name, envelope.Id, attempt, envelope.MaxAttempts, wait.TotalMilliseconds, exception);
        return JobOutcome.Retry(held, error, wait);
    }
}
