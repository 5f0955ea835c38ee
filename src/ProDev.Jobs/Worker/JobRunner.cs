using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>Runs one attempt of one job and says what became of it. Never throws.</summary>
internal sealed class JobRunner(JobRegistry registry, IServiceScopeFactory scopes, JobsOptions options, TimeProvider time, ILogger logger)
{
    private static readonly ActivitySource Activities = new("ProDev.Jobs");

    public async Task<JobOutcome> RunAsync(HeldJob held)
    {
        try
        {
            return await AttemptAsync(held).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // What surrounds the job failed: a trace listener or the source of jitter.
            return FailedOutside(held, e);
        }
    }

    private async Task<JobOutcome> AttemptAsync(HeldJob held)
    {
        JobEnvelope envelope = held.Job.Envelope;
        if (!registry.TryFind(envelope.Name, out JobBinding? binding))
        {
            logger.UnknownJob(envelope.Name, envelope.Id, envelope.Queue);
            return JobOutcome.Dead(held, DeadLetterReason.UnknownJob,
                $"No job named '{envelope.Name}' is registered in the worker that serves the queue '{envelope.Queue}'. " +
                "Deploy a worker that registers it, then replay the job.");
        }

        object args;
        try
        {
            args = binding.ReadArguments(envelope.Payload, options.SerializerOptions);
        }
        catch (Exception e)
        {
            // Converters are user code and may throw anything; trying again would not change what is stored.
            logger.InvalidArguments(envelope.Name, envelope.Id, e);
            return JobOutcome.Dead(held, DeadLetterReason.InvalidArguments, JobErrors.Shorten(e.Message));
        }

        using Activity? activity = Start(envelope);
        long started = time.GetTimestamp();
        try
        {
            await RunInScopeAsync(binding, args, held).ConfigureAwait(false);
            logger.Succeeded(envelope.Name, envelope.Id, held.Job.Attempt, time.GetElapsedTime(started).TotalMilliseconds);
            return JobOutcome.Succeeded(held);
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            return Failed(held, e);
        }
    }

    private async Task RunInScopeAsync(JobBinding binding, object args, HeldJob held)
    {
        LeasedJob job = held.Job;
        var context = new JobContext(job.Envelope.Id, job.Envelope.Name)
        {
            Queue = job.Envelope.Queue,
            Attempt = job.Attempt,
            MaxAttempts = job.Envelope.MaxAttempts,
            LeaseToken = job.Lease.Token,
            EnqueuedAt = job.EnqueuedAt,
        };
        AsyncServiceScope scope = scopes.CreateAsyncScope();
        await using ConfiguredAsyncDisposable disposal = scope.ConfigureAwait(false);
        await binding.RunAsync(scope.ServiceProvider, args, context, held.Token).ConfigureAwait(false);
    }

    private JobOutcome Failed(HeldJob held, Exception e)
    {
        JobEnvelope envelope = held.Job.Envelope;
        if (e is JobGivenUpException)
        {
            logger.GivenUp(envelope.Name, envelope.Id, held.Job.Attempt, e);
            return JobOutcome.Dead(held, DeadLetterReason.GivenUp, JobErrors.Describe(e));
        }

        var asked = e as JobRetryException;
        if (held.Stopped && asked is null)
        {
            logger.HandedBack(envelope.Name, envelope.Id, held.Job.Attempt);
            return JobOutcome.Returned(held);
        }

        string error = JobErrors.Describe(e);
        if (held.Job.Attempt >= envelope.MaxAttempts)
        {
            logger.DeadLettered(envelope.Name, envelope.Id, held.Job.Attempt, e);
            return JobOutcome.Dead(held, DeadLetterReason.AttemptsExhausted, error);
        }

        TimeSpan delay = asked?.Delay ?? JobBackoff.DelayAfter(held.Job.Attempt, options.Backoff);
        logger.AttemptFailed(envelope.Name, envelope.Id, held.Job.Attempt, envelope.MaxAttempts, delay.TotalMilliseconds, e);
        return JobOutcome.Retry(held, error, delay);
    }

    private JobOutcome FailedOutside(HeldJob held, Exception e)
    {
        JobEnvelope envelope = held.Job.Envelope;
        logger.AttemptBroken(envelope.Name, envelope.Id, held.Job.Attempt, e.GetType());
        if (held.Stopped)
            return JobOutcome.Returned(held);

        string error = $"The attempt ended with an exception of type '{e.GetType()}' outside the job, in a trace listener or in " +
            "JobBackoffOptions.Randomness.";
        return held.Job.Attempt >= envelope.MaxAttempts
            ? JobOutcome.Dead(held, DeadLetterReason.AttemptsExhausted, error)
            : JobOutcome.Retry(held, error, options.Backoff.MaxDelay);
    }

    private static Activity? Start(JobEnvelope envelope)
    {
        _ = ActivityContext.TryParse(envelope.TraceParent, envelope.TraceState, isRemote: true, out ActivityContext parent);
        return Activities.StartActivity($"process {envelope.Queue}", ActivityKind.Consumer, parent)
            ?.SetTag("messaging.destination.name", envelope.Queue)
            .SetTag("messaging.message.id", envelope.Id.ToString())
            .SetTag("prodev.job.name", envelope.Name);
    }
}
