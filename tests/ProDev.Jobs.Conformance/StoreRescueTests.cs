namespace ProDev.Jobs.Conformance;

/// <summary>Leases that run out, and what the store knows of a job meanwhile.</summary>
public abstract class StoreRescueTests : StoreTests
{
    [Fact]
    public async Task AttemptIsCountedAtTheFetch_AndTheJobRuns()
    {
        Guid id = await Store.AddAsync(TestJobs.New());

        LeasedJob job = await Store.TakeOneAsync();

        JobInfo info = (await Store.FindAsync(id, default))!;
        Assert.Equal((1, JobState.Running, 1), (info.Attempt, info.State, job.Attempt));
        Assert.Equal(Time.GetUtcNow(), info.StartedAt);
        Assert.Empty(await Store.TakeAsync());
    }

    [Fact]
    public async Task CompletedJobHasSucceeded_AndIsNotFetchedAgain()
    {
        Guid id = await Store.AddAsync(TestJobs.New());
        LeasedJob job = await Store.TakeOneAsync();

        Assert.Equal([true], await Store.CompleteAsync([job.Lease], default));

        JobInfo info = (await Store.FindAsync(id, default))!;
        Assert.Equal((JobState.Succeeded, Time.GetUtcNow()), (info.State, info.FinishedAt));
        Assert.Empty(await Store.TakeAsync());
        Assert.Equal([false], await Store.CompleteAsync([job.Lease], default));
    }

    [Fact]
    public async Task ExpiredLeaseIsRescued_AndTheNextHolderGetsAHigherToken()
    {
        Guid id = await Store.AddAsync(TestJobs.New());
        LeasedJob first = await Store.TakeOneAsync();
        Time.Advance(TestJobs.Lease - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await Store.RescueAsync(10, default));
        Time.Advance(TimeSpan.FromMilliseconds(1));

        RescuedJob rescued = Assert.Single(await Store.RescueAsync(10, default));
        LeasedJob second = await Store.TakeOneAsync();

        Assert.Equal((id, "test.job", 1, false), (rescued.Id, rescued.Name, rescued.Attempt, rescued.DeadLettered));
        Assert.Equal(2, second.Attempt);
        Assert.True(second.Lease.Token > first.Lease.Token);
    }

    [Fact]
    public async Task LateWorkerIsFencedOut_WhenAnotherHoldsTheLease()
    {
        Guid id = await Store.AddAsync(TestJobs.New());
        LeasedJob late = await Store.TakeOneAsync();
        Time.Advance(TestJobs.Lease);
        await Store.RescueAsync(10, default);
        LeasedJob current = await Store.TakeOneAsync();

        Assert.Equal([false], await Store.CompleteAsync([late.Lease], default));
        Assert.Equal([false], await Store.RetryAsync([new JobRetry(late.Lease, TimeSpan.Zero, "late")], default));
        Assert.Equal([false], await Store.DeadLetterAsync([new JobDeath(late.Lease, DeadLetterReason.AttemptsExhausted, "late")], default));
        Assert.Equal([false], await Store.ExtendAsync([late.Lease], TestJobs.Lease, default));
        Assert.Equal([false], await Store.ReturnAsync([late.Lease], default));

        Assert.Equal(JobState.Running, await Store.StateAsync(id));
        Assert.Equal([true], await Store.CompleteAsync([current.Lease], default));
    }

    [Fact]
    public async Task LateWorkerIsFencedOut_WhenTheJobWasRescuedAndNobodyHoldsIt()
    {
        Guid id = await Store.AddAsync(TestJobs.New());
        LeasedJob late = await Store.TakeOneAsync();
        Time.Advance(TestJobs.Lease);
        await Store.RescueAsync(10, default);

        Assert.Equal([false], await Store.CompleteAsync([late.Lease], default));

        Assert.Equal(JobState.Queued, await Store.StateAsync(id));
    }

    [Fact]
    public async Task ExpiredLeaseStillCounts_WhenNobodyHasTakenTheJobAway()
    {
        await Store.AddAsync(TestJobs.New());
        LeasedJob slow = await Store.TakeOneAsync();
        Time.Advance(TestJobs.Lease * 3);

        Assert.Equal([true], await Store.CompleteAsync([slow.Lease], default));
        Assert.Empty(await Store.RescueAsync(10, default));
    }

    [Fact]
    public async Task ExtendedLeaseHoldsFromThen_WhenExtendedInTime()
    {
        await Store.AddAsync(TestJobs.New());
        LeasedJob job = await Store.TakeOneAsync();
        Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal([true], await Store.ExtendAsync([job.Lease], TestJobs.Lease, default));

        Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(await Store.RescueAsync(10, default));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await Store.RescueAsync(10, default));
    }

    [Fact]
    public async Task JobBecomesADeadLetterAsWorkerLost_WhenTheLastAttemptNeverAnswers()
    {
        Guid id = await Store.AddAsync(TestJobs.New(maxAttempts: 2));
        for (int attempt = 1; attempt <= 2; attempt++)
        {
            Assert.Equal(attempt, (await Store.TakeOneAsync()).Attempt);
            Time.Advance(TestJobs.Lease);
            Assert.Equal(attempt == 2, Assert.Single(await Store.RescueAsync(10, default)).DeadLettered);
        }

        JobInfo info = (await Store.FindAsync(id, default))!;
        Assert.Equal((JobState.DeadLettered, DeadLetterReason.WorkerLost, 2), (info.State, info.DeadLetterReason, info.Attempt));
        Assert.Contains("Attempt 2 of 2 never answered", info.Error, StringComparison.Ordinal);
        Assert.Empty(await Store.TakeAsync());
    }

    [Fact]
    public async Task RescueTakesNoMoreThanTheMaximum()
    {
        await Store.EnqueueAsync(TestJobs.Many(5), default);
        await Store.TakeAsync();
        Time.Advance(TestJobs.Lease);

        Assert.Equal(3, (await Store.RescueAsync(3, default)).Count);
        Assert.Equal(2, (await Store.RescueAsync(3, default)).Count);
    }

    [Fact]
    public async Task ReturnedJobIsAsIfNeverFetched_ButItsTokenIsSpent()
    {
        Guid first = await Store.AddAsync(TestJobs.New());
        await Store.AddAsync(TestJobs.New());
        LeasedJob job = await Store.TakeOneAsync();

        Assert.Equal([true], await Store.ReturnAsync([job.Lease], default));

        Assert.Equal(0, (await Store.FindAsync(first, default))!.Attempt);
        LeasedJob again = await Store.TakeOneAsync();
        Assert.Equal((first, 1), (again.Lease.JobId, again.Attempt));
        Assert.True(again.Lease.Token > job.Lease.Token);
        Assert.Equal([false], await Store.CompleteAsync([job.Lease], default));
    }

    [Fact]
    public async Task RetriedJobWaitsForItsDelay_AndKeepsItsError()
    {
        Guid id = await Store.AddAsync(TestJobs.New());
        LeasedJob job = await Store.TakeOneAsync();

        Assert.Equal([true], await Store.RetryAsync([new JobRetry(job.Lease, TimeSpan.FromSeconds(10), "boom")], default));

        JobInfo info = (await Store.FindAsync(id, default))!;
        Assert.Equal((JobState.Scheduled, 1, "boom"), (info.State, info.Attempt, info.Error));
        Assert.Equal(Time.GetUtcNow().AddSeconds(10), info.RunAt);
        Assert.Empty(await Store.TakeAsync());
        Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, (await Store.TakeOneAsync()).Attempt);
    }
}
