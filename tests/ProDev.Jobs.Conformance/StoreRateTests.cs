using System.Collections.Concurrent;

namespace ProDev.Jobs.Conformance;

/// <summary>Rates: each start takes a token.</summary>
public abstract class StoreRateTests : StoreTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task JobsAreStartedAtTheirRate_ToTheMillisecond()
    {
        await Store.EnqueueAsync(Jobs(6, "600/m"), default);
        DateTimeOffset begin = Time.GetUtcNow();

        List<double> starts = await StartsAsync(TimeSpan.FromMilliseconds(700), TimeSpan.FromMilliseconds(1), begin);

        Assert.Equal([0, 100, 200, 300, 400, 500], starts);
    }

    [Fact]
    public async Task BurstIsStartedAtOnce_AndComesBackAfterARest()
    {
        await Store.EnqueueAsync(Jobs(9, "10/s", burst: 3), default);
        DateTimeOffset begin = Time.GetUtcNow();
        Assert.Equal([0, 0, 0, 100, 200], await StartsAsync(TimeSpan.FromMilliseconds(250), Tick, begin));

        await Store.PauseAsync("default", default);
        Time.Advance(TimeSpan.FromSeconds(2));
        await Store.ResumeAsync("default", default);

        Assert.Equal(3, (await Store.TakeAsync()).Count);
        Assert.Empty(await Store.TakeAsync());
    }

    [Fact]
    public async Task JobWithoutATokenIsQueuedAndUncharged_WhileItWaits()
    {
        JobEnvelope[] jobs = Jobs(2, "1/m");
        await Store.EnqueueAsync(jobs, default);
        await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());

        JobInfo info = (await Store.FindAsync(jobs[1].Id, default))!;

        Assert.Equal((JobState.Queued, 0, null), (info.State, info.Attempt, info.StartedAt));
        Assert.Equal(new JobCounts { Queued = 1, Running = 1 }, await Store.CountAsync(default));
    }

    [Fact]
    public async Task EveryAttemptTakesAToken_AlsoThatOfARetryAndOneHandedBack()
    {
        await Store.EnqueueAsync(Jobs(1, "1/s"), default);
        LeasedJob first = await Store.TakeOneAsync();
        await Store.RetryAsync([new JobRetry(first.Lease, TimeSpan.Zero, "x")], default);
        Assert.Empty(await Store.TakeAsync());
        Time.Advance(TimeSpan.FromSeconds(1));

        LeasedJob second = await Store.TakeOneAsync();
        Assert.Equal(2, second.Attempt);
        await Store.ReturnAsync([second.Lease], default);
        Assert.Empty(await Store.TakeAsync());
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, (await Store.TakeOneAsync()).Attempt);
    }

    [Fact]
    public async Task KeysHaveBucketsOfTheirOwn_AndShareThemAcrossNames()
    {
        await Store.EnqueueAsync(
        [
            Job("1/m") with { RateKey = "a" }, Job("1/m") with { RateKey = "a", Name = "other" }, Job("1/m") with { RateKey = "b" }, Job("1/m"), Job("1/m"),
            Job("1/m") with { Name = "other" }, TestJobs.New(),
        ], default);

        IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync();

        Assert.Equal(["a", "b", null, null, null], jobs.Select(j => j.Envelope.RateKey));
        Assert.Equal(["test.job", "test.job", "test.job", "other", "test.job"], jobs.Select(j => j.Envelope.Name));
    }

    [Fact]
    public async Task TokenGoesToTheHighestPriorityThenToTheEarliest_WhenItComes()
    {
        JobEnvelope[] jobs = Jobs(4, "1/s");
        await Store.EnqueueAsync(jobs, default);
        await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());
        JobEnvelope urgent = Job("1/s") with { Priority = 9 };
        await Store.AddAsync(urgent);
        Assert.Empty(await Store.TakeAsync());

        var order = new List<Guid>();
        for (int i = 0; i < 4; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            order.Add(Assert.Single(await Store.TakeAsync()).Lease.JobId);
        }

        Assert.Equal([urgent.Id, jobs[1].Id, jobs[2].Id, jobs[3].Id], order);
    }

    [Fact]
    public async Task RevokedJobTakesNoToken_EvenIfItWasNext()
    {
        JobEnvelope[] jobs = Jobs(4, "1/s");
        await Store.EnqueueAsync(jobs, default);
        await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());
        Assert.Equal([JobRevocation.Revoked], await Store.RevokeAsync([jobs[1].Id], default));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await Store.TakeAsync(10, "another"));

        Assert.Equal([JobRevocation.Revoked], await Store.RevokeAsync([jobs[2].Id], default));

        Assert.Equal(jobs[3].Id, (await Store.TakeOneAsync()).Lease.JobId);
    }

    [Fact]
    public async Task RateOfTheJobEnqueuedLastCounts_WhenTheyDiffer()
    {
        await Store.EnqueueAsync(Jobs(3, "1/h"), default);
        await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());
        await Store.AddAsync(Job("3600/h"));
        Assert.Empty(await Store.TakeAsync());

        Time.Advance(TimeSpan.FromHours(1));
        Assert.Single(await Store.TakeAsync());
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await Store.TakeAsync());
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await Store.TakeAsync());
    }

    [Fact]
    public async Task BothLimitsHold_WhenAJobHasAGroupAndARate()
    {
        await Store.EnqueueAsync(TestJobs.Many(6, _ => Job("10/s", burst: 2) with { Group = new JobGroup("customer", 1) }), default);
        LeasedJob first = Assert.Single(await Store.TakeAsync());
        await Store.CompleteAsync([first.Lease], default);
        LeasedJob second = Assert.Single(await Store.TakeAsync());

        // No token is left, and none is lost to a job that has no place.
        await Store.CompleteAsync([second.Lease], default);
        Assert.Empty(await Store.TakeAsync());
        Time.Advance(TimeSpan.FromSeconds(1));
        for (int i = 0; i < 2; i++)
            await Store.CompleteAsync([Assert.Single(await Store.TakeAsync()).Lease], default);
        Assert.Empty(await Store.TakeAsync());
    }

    [Fact]
    public async Task PlaceGoesToAJobOfAnotherKey_WhenTheFirstHasNoToken()
    {
        var group = new JobGroup("customer", 1);
        JobEnvelope[] slow = TestJobs.Many(30, _ => Job("1/h") with { Group = group, RateKey = "slow" });
        JobEnvelope fast = Job("1/h") with { Group = group, RateKey = "fast" };
        await Store.EnqueueAsync([.. slow, fast], default);
        LeasedJob first = await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());

        await Store.CompleteAsync([first.Lease], default);

        Assert.Equal(fast.Id, (await Store.TakeOneAsync()).Lease.JobId);
    }

    [Fact]
    public async Task FiveThousandWithoutATokenDelayNobody_WhenTheyAreFirstInTheQueue()
    {
        foreach (JobEnvelope[] chunk in Jobs(5000, "1/h").Chunk(1000))
            await Store.EnqueueAsync([.. chunk.Select(j => j with { Priority = 9 })], default);
        Guid other = await Store.AddAsync(TestJobs.New());

        IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync(2);

        Assert.Equal((2, other), (jobs.Count, jobs[1].Lease.JobId));
        Guid next = await Store.AddAsync(TestJobs.New());
        Assert.Equal(next, (await Store.TakeOneAsync()).Lease.JobId);
        Time.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(Assert.Single(await Store.TakeAsync()).Envelope.Rate);
    }

    [Fact]
    public async Task RateIsNeverExceeded_WhenManyClaimersCompete()
    {
        await Store.EnqueueAsync(Jobs(300, "1000/s", burst: 20), default);
        var taken = new ConcurrentBag<Guid>();

        for (int step = 0; step < 10; step++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                while (await Store.TakeAsync(7) is { Count: > 0 } jobs)
                {
                    foreach (LeasedJob job in jobs)
                        taken.Add(job.Lease.JobId);
                }
            })));
            Assert.InRange(taken.Count, 0, 20 + (step * 10));
            Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(110, taken.Count);
        Assert.Equal(110, taken.Distinct().Count());
    }

    [Fact]
    public async Task WaitEnds_WhenATokenComes()
    {
        await Store.EnqueueAsync(Jobs(2, "10/s"), default);
        await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());
        Task wait = Store.WaitForWorkAsync(["default"], TimeSpan.FromHours(1), default);

        Time.Advance(TimeSpan.FromMilliseconds(100));

        await wait.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Single(await Store.TakeAsync());
    }

    protected static JobEnvelope Job(string rate, int burst = 1) => TestJobs.New() with { Rate = JobRate.Parse(rate, burst) };

    protected static JobEnvelope[] Jobs(int count, string rate, int burst = 1) => TestJobs.Many(count, _ => Job(rate, burst));

    /// <summary>Moves the clock in steps, and gives the milliseconds at which jobs were started.</summary>
    private async Task<List<double>> StartsAsync(TimeSpan span, TimeSpan step, DateTimeOffset begin)
    {
        var starts = new List<double>();
        for (TimeSpan at = TimeSpan.Zero; at < span; at += step)
        {
            starts.AddRange((await Store.TakeAsync()).Select(_ => (Time.GetUtcNow() - begin).TotalMilliseconds));
            Time.Advance(step);
        }

        return starts;
    }
}
