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
    private readonly JobAdmission _admission = new(registry, upcasters, options, time, logger);
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
        if (!_admission.TryAdmit(held, out JobBinding? binding, out object? args, out JobOutcome refusal))
            return refusal;

        using Activity? activity = MeasuredRun.StartActivity(held.Job);
        var run = MeasuredRun.Start(held.Job.Envelope, logger);
        long started = time.GetTimestamp();
        try
        {
            if (!await RunLimitedAsync(binding, args, held).ConfigureAwait(false))
            {
                activity?.Fail("hard_time_limit", "The hard time limit has passed.");
                run.Ended(time.GetElapsedTime(started), "hard_time_limit");
                return _judge.HardLimitPassed(held, binding.Definition.HardTimeLimit!.Value);
            }

            TimeSpan taken = time.GetElapsedTime(started);
            run.Ended(taken, error: null);
            logger.Succeeded(held.Job.Envelope.Name, held.Job.Envelope.Id, held.Job.Attempt, taken.TotalMilliseconds);
            return JobOutcome.Succeeded(held);
        }
        catch (Exception e)
        {
            run.Ended(time.GetElapsedTime(started), e.GetType().FullName);
            activity?.Fail(e.GetType().FullName!, JobErrors.Message(e));
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

    // A method of its own, so that only these attempts pay for the delegate.
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
            Schedule = Occurrence.ScheduleOf(job.Envelope),
            ScheduledAt = Occurrence.TimeOf(job.Envelope),
            Held = held,
        };
        AsyncServiceScope scope = scopes.CreateAsyncScope();
        await using ConfiguredAsyncDisposable disposal = scope.ConfigureAwait(false);
        await pipeline.RunAsync(binding, scope.ServiceProvider, args, context, held.Token).ConfigureAwait(false);
    }
}
