using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>Runs one attempt of one job and says what became of it. Never throws.</summary>
internal sealed class JobRunner(
    JobRegistry registry, JobUpcasters upcasters, JobPipeline pipeline, IServiceScopeFactory scopes, CheckedJobStore store, TimeSpan lease,
    JobsOptions options, TimeProvider time, ILogger logger)
{
    private readonly JobAdmission _admission = new(registry, upcasters, options, time, logger);
    private readonly JobNotesSource _notes = new(store, options.SerializerOptions, lease);
    private readonly FailureJudge _judge = new(options, logger);

    public async ValueTask<JobOutcome> RunAsync(HeldJob held)
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

    private async ValueTask<JobOutcome> AttemptAsync(HeldJob held)
    {
        if (held.Cause == JobCancellationCause.Revoked)
            return JobOutcome.Revoked(held);
        if (!_admission.TryAdmit(held, out JobBinding? binding, out object? args, out JobOutcome refusal))
            return refusal;

        using Activity? activity = MeasuredRun.StartActivity(held.Job);
        var run = MeasuredRun.Start(held.Job.Envelope, logger);
        long started = time.GetTimestamp();
        JobContext context = ContextOf(held);
        TimeSpan? softLimit = held.Job.Envelope.SoftTimeLimit ?? binding.Definition.SoftTimeLimit;
        TimeSpan? hardLimit = held.Job.Envelope.HardTimeLimit ?? binding.Definition.HardTimeLimit;
        try
        {
            if (!await RunLimitedAsync(binding, args, context, held, softLimit, hardLimit).ConfigureAwait(false))
            {
                activity?.Fail("hard_time_limit", "The hard time limit has passed.");
                run.Ended(time.GetElapsedTime(started), "hard_time_limit");
                return _judge.HardLimitPassed(held, hardLimit.GetValueOrDefault());
            }

            byte[]? result = binding.WriteResult(context.Result, options);
            TimeSpan taken = time.GetElapsedTime(started);
            run.Ended(taken, error: null);
            logger.Succeeded(held.Job.Envelope.Name, held.Job.Envelope.Id, held.Job.Attempt, taken.TotalMilliseconds);
            return JobOutcome.Succeeded(held, result, activity?.Id);
        }
        catch (Exception e)
        {
            run.Ended(time.GetElapsedTime(started), e.GetType().FullName);
            activity?.Fail(e.GetType().FullName!, JobErrors.Message(e));
            return _judge.Failed(held, softLimit, e);
        }
    }

    /// <summary>Returns false when the job did not end within its hard time limit.</summary>
    private async Task<bool> RunLimitedAsync(
        JobBinding binding, object args, JobContext context, HeldJob held, TimeSpan? softLimit, TimeSpan? hardLimit)
    {
        using ITimer? soft = TimeLimits.StartSoft(held, softLimit, time);
        if (hardLimit is { } limit)
            return await RunHardLimitedAsync(binding, args, context, held, limit).ConfigureAwait(false);
        await RunInScopeAsync(binding, args, context, held).ConfigureAwait(false);
        return true;
    }

    // A method of its own, so that only these attempts pay for the delegate.
    private Task<bool> RunHardLimitedAsync(JobBinding binding, object args, JobContext context, HeldJob held, TimeSpan limit)
        => TimeLimits.EndedInTimeAsync(() => RunInScopeAsync(binding, args, context, held), limit, held, time, logger);

    private async Task RunInScopeAsync(JobBinding binding, object args, JobContext context, HeldJob held)
    {
        AsyncServiceScope scope = scopes.CreateAsyncScope();
        await using ConfiguredAsyncDisposable disposal = scope.ConfigureAwait(false);
        await pipeline.RunAsync(binding, scope.ServiceProvider, args, context, held.Token).ConfigureAwait(false);
    }

    private JobContext ContextOf(HeldJob held)
    {
        LeasedJob job = held.Job;
        return new JobContext(job.Envelope.Id, job.Envelope.Name)
        {
            Queue = job.Envelope.Queue,
            Attempt = job.Attempt,
            MaxAttempts = job.Envelope.MaxAttempts,
            LeaseToken = job.Lease.Token,
            EnqueuedAt = job.EnqueuedAt,
            Schedule = Occurrence.ScheduleOf(job.Envelope),
            ScheduledAt = Occurrence.TimeOf(job.Envelope),
            Headers = job.Envelope.Headers,
            ParentId = job.Envelope.ParentId,
            RootId = job.Envelope.RootId ?? job.Envelope.Id,
            Held = held,
            NotesSource = _notes,
        };
    }
}
