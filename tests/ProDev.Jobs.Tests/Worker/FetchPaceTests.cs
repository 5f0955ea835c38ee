using Microsoft.Extensions.Time.Testing;

namespace ProDev.Jobs.Tests;

/// <summary>How many jobs wait in the worker.</summary>
public sealed class FetchPaceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void AsManyWaitAsRun_WhenNoneHasEnded() => Assert.Equal(4, Pace().QueueLength);

    [Theory]
    [InlineData(0, 200)]
    [InlineData(0.5, 200)]
    [InlineData(10, 40)]
    [InlineData(100, 4)]
    [InlineData(1000, 0)]
    [InlineData(3_600_000, 0)]
    public void AsManyWaitAsAreStartedInAMoment_WhenJobsTakeThatLong(double milliseconds, int length)
    {
        FetchPace pace = Pace();
        for (int i = 0; i < 20; i++)
            pace.Ran(TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(length, pace.QueueLength);
    }

    [Theory]
    [InlineData(16, 400, 4)]
    [InlineData(16, 600, 0)]
    [InlineData(16, 3_600_000, 0)]
    [InlineData(100, 3_600_000, 0)]
    public void FewOrNoneWait_WhenManyRunAndTheyAreLong(int concurrency, double milliseconds, int length)
    {
        FetchPace pace = Pace(concurrency: concurrency);
        pace.Ran(TimeSpan.Zero);
        for (int i = 0; i < 60; i++)
            pace.Ran(TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(length, pace.QueueLength);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(100)]
    public void NoneWait_WhenManyRunAndWaitingJobsWereGivenBack(int concurrency)
    {
        FetchPace pace = Pace(concurrency: concurrency);
        pace.Stalled();

        Assert.Equal(0, pace.QueueLength);
        pace.Ran(TimeSpan.FromHours(1));
        Assert.Equal(0, pace.QueueLength);
    }

    [Fact]
    public void SomeWaitStill_WhenOneJobAmongShortOnesIsLong()
    {
        FetchPace pace = Pace();
        pace.Ran(TimeSpan.Zero);
        pace.Ran(TimeSpan.FromHours(1));

        Assert.Equal(3, pace.QueueLength);
    }

    [Fact]
    public void ManyWaitSoon_WhenJobsGetShort()
    {
        FetchPace pace = Pace();
        pace.Ran(TimeSpan.FromHours(1));
        for (int i = 0; i < 10; i++)
            pace.Ran(TimeSpan.Zero);

        Assert.Equal(200, pace.QueueLength);
    }

    [Fact]
    public void LengthStays_WhenItIsSet()
    {
        FetchPace pace = Pace(prefetch: 7);
        pace.Ran(TimeSpan.Zero);
        pace.Stalled();
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((7, false, false), (pace.QueueLength, pace.IsAdaptive, pace.IsStalled));
    }

    [Fact]
    public void ItIsStalled_WhenNothingMovedForASecond()
    {
        FetchPace pace = Pace();
        _time.Advance(TimeSpan.FromSeconds(0.9));
        pace.Moved(_time.GetTimestamp());
        _time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(pace.IsStalled);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(pace.IsStalled);

        pace.Stalled();
        Assert.Equal(0, pace.QueueLength);
    }

    [Fact]
    public async Task WaitingJobsGoBackUncharged_WhenNothingWasStartedForASecond()
    {
        await using JobHost host = await JobHost.CreateAsync(start: false);
        var mayEnd = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Body = (_, _) => mayEnd.Task;
        Guid first = await host.EnqueueAsync();
        Guid second = await host.EnqueueAsync();
        Guid third = await host.EnqueueAsync();
        await host.StartAsync();
        await host.UntilAsync(second, JobState.Running);
        Assert.Equal(JobState.Queued, (await host.Client.FindAsync(third))!.State);

        JobInfo back = await host.UntilAsync(second, JobState.Queued, advance: TimeSpan.FromMilliseconds(100));

        Assert.Equal(0, back.Attempt);
        Assert.Equal(JobState.Running, (await host.Client.FindAsync(first))!.State);
        mayEnd.SetResult();
        foreach (Guid id in (Guid[])[first, second, third])
            Assert.Equal(1, (await host.UntilAsync(id, JobState.Succeeded)).Attempt);
    }

    [Fact]
    public async Task WaitingJobsStay_WhenTheirNumberIsSet()
    {
        await using JobHost host = await JobHost.CreateAsync(worker: o => o.Prefetch = 1, start: false);
        var mayEnd = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Body = (_, _) => mayEnd.Task;
        await host.EnqueueAsync();
        Guid second = await host.EnqueueAsync();
        await host.StartAsync();
        await host.UntilAsync(second, JobState.Running);

        host.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((JobState.Running, 1), await host.Client.FindAsync(second) is { } info ? (info.State, info.Attempt) : default);
        mayEnd.SetResult();
        Assert.Equal(1, (await host.UntilAsync(second, JobState.Succeeded)).Attempt);
    }

    private FetchPace Pace(int? prefetch = null, int concurrency = 4) => new(new WorkerOptions { Concurrency = concurrency, Prefetch = prefetch }, _time);
}
