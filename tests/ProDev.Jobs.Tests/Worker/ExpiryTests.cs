using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Tests;

/// <summary>Jobs whose time passes before they are started.</summary>
public sealed class ExpiryTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task JobBecomesADeadLetterWithoutBeingRun_WhenItsTimeHasPassed(bool byMoment)
    {
        await using JobHost host = await JobHost.CreateAsync(start: false);
        DateTimeOffset end = host.Time.GetUtcNow() + Minute;
        Guid id = await host.EnqueueAsync(o => _ = byMoment ? (object?)(o.ExpiresAt = end) : o.Expires = Minute);

        host.Time.Advance(Minute);
        await host.StartAsync();

        JobInfo dead = await host.UntilAsync(id, JobState.DeadLettered);
        Assert.Equal(DeadLetterReason.Expired, dead.DeadLetterReason);
        Assert.Equal($"The job was not started because it expired at '{end:O}'. If it is still wanted, enqueue it anew.", dead.Error);
        Assert.Empty(host.Runs);
    }

    [Fact]
    public async Task JobRuns_WhenItIsStartedInTime()
    {
        await using JobHost host = await JobHost.CreateAsync(start: false);
        Guid id = await host.EnqueueAsync(o => o.Expires = Minute);

        host.Time.Advance(Minute - TimeSpan.FromMilliseconds(1));
        await host.StartAsync();

        await host.UntilAsync(id, JobState.Succeeded);
    }

    [Fact]
    public async Task NoFurtherAttemptIsStarted_WhenTheTimePassesBetweenTwo()
    {
        await using JobHost host = await JobHost.CreateAsync();
        host.Body = static (_, _) => throw new JobRetryException(Minute);
        Guid id = await host.EnqueueAsync(o => o.Expires = Minute);
        await host.UntilAsync(id, JobState.Scheduled);

        host.Time.Advance(Minute);

        Assert.Equal(DeadLetterReason.Expired, (await host.UntilAsync(id, JobState.DeadLettered)).DeadLetterReason);
        Assert.Single(host.Runs);
    }

    [Fact]
    public async Task JobExpires_WhenItWaitsTooLongInTheWorker()
    {
        await using JobHost host = await JobHost.CreateAsync(worker: o => o.Prefetch = 5);
        var started = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();
        host.Body = (_, _) =>
        {
            started.TrySetResult();
            return mayEnd.Task;
        };
        Guid first = await host.EnqueueAsync();
        Guid second = await host.EnqueueAsync(o => o.Expires = TimeSpan.FromSeconds(5));
        await started.Task.WaitAsync(JobHost.Hang);
        await host.UntilAsync(second, JobState.Running);

        host.Time.Advance(TimeSpan.FromSeconds(5));
        mayEnd.SetResult();

        await host.UntilAsync(first, JobState.Succeeded);
        await host.UntilAsync(second, JobState.DeadLettered);
        Assert.Single(host.Runs);
    }

    [Fact]
    public async Task ClockOfTheStoreDecides_WhenTheOneOfTheWorkerIsWrong()
    {
        var storeTime = new FakeTimeProvider(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using JobHost host = await JobHost.CreateAsync(configure: jobs => jobs.Services.Replace(
            ServiceDescriptor.Singleton<IJobStore>(_ => new ObservedStore(MemoryStores.Create(storeTime)))));

        Guid id = await host.EnqueueAsync(o => o.Expires = Minute);

        await host.UntilAsync(id, JobState.Succeeded);
    }

    [Theory]
    [InlineData(1, 1, null, null, "Both EnqueueOptions.Expires ('00:00:01') and EnqueueOptions.ExpiresAt ('2026-03-01T12:00:01.0000000+00:00') are set.")]
    [InlineData(0, null, null, null, "EnqueueOptions.Expires is '00:00:00'. Set it to more than zero.")]
    [InlineData(400_000_000, null, null, null, "EnqueueOptions.Expires is '4629.15:06:40'. At most ten years are allowed.")]
    [InlineData(60, null, 60, null, "The job would expire at '2026-03-01T12:01:00.0000000+00:00', before it may run at '2026-03-01T12:01:00.0000000+00:00'.")]
    [InlineData(null, 59, null, 60, "The job would expire at '2026-03-01T12:00:59.0000000+00:00', before it may run at '2026-03-01T12:01:00.0000000+00:00'.")]
    public async Task JobIsRefused_WhenItsExpiryMakesNoSense(int? expires, int? expiresAt, int? delay, int? runAt, string message)
    {
        await using JobHost host = await JobHost.CreateAsync(start: false);
        DateTimeOffset now = host.Time.GetUtcNow();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => host.EnqueueAsync(o =>
        {
            o.Expires = Span(expires);
            o.ExpiresAt = now + Span(expiresAt);
            o.Delay = Span(delay);
            o.RunAt = now + Span(runAt);
        }));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static TimeSpan? Span(int? seconds) => seconds is { } s ? TimeSpan.FromSeconds(s) : null;
}
