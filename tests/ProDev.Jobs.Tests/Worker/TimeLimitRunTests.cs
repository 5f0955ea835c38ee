using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProDev.Jobs.Tests;

/// <summary>What becomes of attempts that run too long.</summary>
public sealed class TimeLimitRunTests
{
    // Much shorter than the lease, so that the clock can be moved past them at once.
    private static readonly TimeSpan Soft = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Hard = TimeSpan.FromSeconds(6);

    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task AttemptHasFailedWithAClearError_WhenItEndsByTheSoftLimit()
    {
        await using JobHost host = await JobHost.CreateAsync(new JobDefinition(JobHost.JobName) { SoftTimeLimit = Soft, HardTimeLimit = Hard });
        JobCancellationCause? before = null;
        host.Body = async (context, token) =>
        {
            before = context.CancellationCause;
            _started.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        };
        Guid id = await host.EnqueueAsync();
        await _started.Task.WaitAsync(JobHost.Hang);

        host.Time.Advance(Soft);

        JobInfo info = await host.UntilAsync(id, JobState.Scheduled);
        Assert.StartsWith("Attempt 1 was cancelled because it ran longer than its soft time limit, '00:00:03', and ended with: ", info.Error, StringComparison.Ordinal);
        Assert.Equal((JobCancellationCause.None, JobCancellationCause.SoftTimeLimit), (before, Assert.Single(host.Runs).CancellationCause));
        Assert.Equal(1, info.Attempt);
    }

    [Fact]
    public async Task JobSucceeds_WhenItReturnsAfterTheSoftLimit()
    {
        await using JobHost host = await JobHost.CreateAsync(new JobDefinition(JobHost.JobName) { SoftTimeLimit = Soft });
        host.Body = async (_, token) =>
        {
            _started.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };
        Guid id = await host.EnqueueAsync();
        await _started.Task.WaitAsync(JobHost.Hang);

        host.Time.Advance(Soft);

        await host.UntilAsync(id, JobState.Succeeded);
        Assert.Equal(JobCancellationCause.SoftTimeLimit, Assert.Single(host.Runs).CancellationCause);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WorkerGoesOnAndTheAttemptHasFailed_WhenTheHardLimitPasses(bool blocksItsThread)
    {
        await using JobHost host = await JobHost.CreateAsync(new JobDefinition(JobHost.JobName) { HardTimeLimit = Hard, MaxAttempts = 2 });
        var release = new TaskCompletionSource();
        CancellationToken seen = default;
        host.Body = (context, token) =>
        {
            if (context.Attempt > 1)
                return Task.CompletedTask;
            seen = token;
            _started.TrySetResult();
#pragma warning disable xUnit1031 // The job that blocks its thread is what is tested.
            if (blocksItsThread)
                release.Task.Wait(JobHost.Hang, CancellationToken.None);
#pragma warning restore xUnit1031
            return release.Task;
        };
        Guid id = await host.EnqueueAsync();
        await _started.Task.WaitAsync(JobHost.Hang);

        host.Time.Advance(Hard);

        JobInfo failed = await host.UntilAsync(id, JobState.Scheduled);
        Assert.Equal("Attempt 1 did not end within its hard time limit, '00:00:06'. Its code may still run.", failed.Error);

        // There is one place in the worker, and the next attempt needs it.
        JobInfo done = await host.UntilAsync(id, JobState.Succeeded, advance: TimeSpan.FromMilliseconds(100));
        Assert.Equal(2, done.Attempt);
        Assert.True(seen.IsCancellationRequested);
        Assert.Equal(JobCancellationCause.HardTimeLimit, host.Runs.First().CancellationCause);
        Assert.True(host.Runs.Last().LeaseToken > host.Runs.First().LeaseToken);
        Assert.Contains(host.Logs.Entries, e => e is (LogLevel.Critical, 18, _));
        Assert.DoesNotContain(host.Logs.Entries, e => e.Id == 19);

        release.SetResult();
        await host.UntilAsync(() => Task.FromResult(host.Logs.Entries.Any(e => e.Id == 19)));
    }

    [Fact]
    public async Task LateEndOfAnAbandonedAttemptChangesNothing_WhenTheJobIsADeadLetter()
    {
        await using JobHost host = await JobHost.CreateAsync(new JobDefinition(JobHost.JobName) { HardTimeLimit = Hard, MaxAttempts = 1 });
        var release = new TaskCompletionSource();
        host.Body = (_, _) =>
        {
            _started.TrySetResult();
            return release.Task;
        };
        Guid id = await host.EnqueueAsync();
        await _started.Task.WaitAsync(JobHost.Hang);
        host.Time.Advance(Hard);
        await host.UntilAsync(id, JobState.DeadLettered);

        release.SetResult();
        await host.UntilAsync(() => Task.FromResult(host.Logs.Entries.Any(e => e.Id == 19)));

        JobInfo info = (await host.Client.FindAsync(id))!;
        Assert.Equal((JobState.DeadLettered, DeadLetterReason.AttemptsExhausted), (info.State, info.DeadLetterReason));
    }

    [Fact]
    public async Task CauseIsTheStop_WhenTheWorkerStops()
    {
        await using JobHost host = await JobHost.CreateAsync(new JobDefinition(JobHost.JobName) { SoftTimeLimit = Soft, HardTimeLimit = Hard });
        host.Body = async (_, token) =>
        {
            _started.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        };
        Guid id = await host.EnqueueAsync();
        await _started.Task.WaitAsync(JobHost.Hang);

        await host.Worker.StopAsync(new CancellationToken(canceled: true)).WaitAsync(JobHost.Hang);

        Assert.Equal(JobCancellationCause.WorkerStopping, Assert.Single(host.Runs).CancellationCause);
        Assert.Equal((JobState.Queued, 0), ((await host.Client.FindAsync(id))!.State, (await host.Client.FindAsync(id))!.Attempt));
    }

    [Fact]
    public async Task CauseIsTheLostLease_WhenAnotherWorkerMayHaveTheJob()
    {
        await using JobHost host = await JobHost.CreateAsync();
        var cancelled = new TaskCompletionSource();
        host.Body = async (context, token) =>
        {
            if (context.LeaseToken > 1)
                return;
            _started.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancelled.SetResult();
        };
        Guid id = await host.EnqueueAsync();
        await _started.Task.WaitAsync(JobHost.Hang);
        JobContext run = Assert.Single(host.Runs);

        // The first job in a store in memory has the receipt 1.
        Assert.Equal([true], await host.Store.ReturnAsync([new JobLease(id, run.LeaseToken, 1)], default));
        host.Time.Advance(TimeSpan.FromSeconds(10));

        await cancelled.Task.WaitAsync(JobHost.Hang);
        Assert.Equal(JobCancellationCause.LeaseLost, run.CancellationCause);
    }

    [Theory]
    [InlineData(0, null, "SoftTimeLimit is '00:00:00'. Set it to more than zero and at most 30 days, or leave it out.")]
    [InlineData(null, -1, "HardTimeLimit is '-00:00:01'. Set it to more than zero and at most 30 days, or leave it out.")]
    [InlineData(null, 2_592_001, "HardTimeLimit is '30.00:00:01'. Set it to more than zero and at most 30 days, or leave it out.")]
    [InlineData(5, 5, "The SoftTimeLimit of the job 'body' is '00:00:05', which is not shorter than its HardTimeLimit, '00:00:05'.")]
    public void JobIsRefused_WhenItsLimitsMakeNoSense(int? soft, int? hard, string message)
    {
        var definition = new JobDefinition(JobHost.JobName) { SoftTimeLimit = Seconds(soft), HardTimeLimit = Seconds(hard) };

        var error = Assert.ThrowsAny<ArgumentException>(() => new ServiceCollection().AddProDevJobs().AddJob<BodyJob, BodyJob.Args>(definition, _ => null!));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } s ? TimeSpan.FromSeconds(s) : null;
}
