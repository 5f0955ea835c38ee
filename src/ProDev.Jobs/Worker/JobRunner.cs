using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>Runs one attempt of one job and says what became of it. Never throws.</summary>
internal sealed class JobRunner(
    JobRegistry registry, JobUpcasters upcasters, JobPipeline pipeline, IServiceScopeFactory scopes, JobsOptions options, TimeProvider time,
    ILogger logger)
{
    private static readonly ActivitySource Activities = new("ProDev.Jobs");

    private readonly FailureJudge _judge = new(options, logger);

    public async Task<JobOutcome> RunAsync(HeldJob held)
    {
        try
        {
            return await AttemptAsync(held).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return _judge.FailedOutside(held, e);
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

        if (Expiry.HasPassed(held, time, out DateTimeOffset end))
        {
            logger.Expired(envelope.Name, envelope.Id, end);
            return JobOutcome.Dead(held, DeadLetterReason.Expired, JobErrors.Expired(end));
        }

        if (upcasters.Obstacle(binding.Definition, envelope.Version) is { } obstacle)
        {
            logger.UnknownVersion(envelope.Name, envelope.Id, envelope.Version, binding.Definition.Version);
            return JobOutcome.Dead(held, DeadLetterReason.UnknownVersion, obstacle);
        }

        object args;
        try
        {
            args = binding.ReadArguments(
                upcasters.Upcast(binding.Definition, envelope, options.SerializerOptions), options.SerializerOptions);
        }
        catch (Exception e)
        {
            // Converters and upcasters are user code and may throw anything; trying again would not change what is stored.
            logger.InvalidArguments(envelope.Name, envelope.Id, e);
            return JobOutcome.Dead(held, DeadLetterReason.InvalidArguments, JobErrors.Shorten(e.Message));
        }

        using Activity? activity = Start(envelope);
        long started = time.GetTimestamp();
        try
        {
            if (!await RunLimitedAsync(binding, args, held).ConfigureAwait(false))
            {
                activity?.SetStatus(ActivityStatusCode.Error, "The hard time limit has passed.");
                return _judge.HardLimitPassed(held, binding.Definition.HardTimeLimit!.Value);
            }

            logger.Succeeded(envelope.Name, envelope.Id, held.Job.Attempt, time.GetElapsedTime(started).TotalMilliseconds);
            return JobOutcome.Succeeded(held);
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            return _judge.Failed(held, binding.Definition, e);
        }
    }

    /// <summary>Returns false when the job did not end within its hard time limit.</summary>
    private async Task<bool> RunLimitedAsync(JobBinding binding, object args, HeldJob held)
    {
        using ITimer? soft = TimeLimits.StartSoft(held, binding.Definition, time);
        if (binding.Definition.HardTimeLimit is { } limit)
            return await RunHardLimitedAsync(binding, args, held, limit).ConfigureAwait(false);
        await RunInScopeAsync(binding, args, held).ConfigureAwait(false);
        return true;
    }

    private Task<bool> RunHardLimitedAsync(JobBinding binding, object args, HeldJob held, TimeSpan limit)
        => TimeLimits.EndedInTimeAsync(() => RunInScopeAsync(binding, args, held), limit, held, time, logger);

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
            Held = held,
        };
        AsyncServiceScope scope = scopes.CreateAsyncScope();
        await using ConfiguredAsyncDisposable disposal = scope.ConfigureAwait(false);
        await pipeline.RunAsync(binding, scope.ServiceProvider, args, context, held.Token).ConfigureAwait(false);
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
