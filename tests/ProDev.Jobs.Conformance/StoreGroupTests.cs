using System.Collections.Concurrent;

namespace ProDev.Jobs.Conformance;

/// <summary>Groups with a limit of jobs that run at the same time.</summary>
public abstract class StoreGroupTests : StoreTests
{
    [Fact]
    public async Task OnlyAsManyAreFetchedAsTheLimitSays_WhenAGroupHasMore()
    {
        await Store.EnqueueAsync(Members(5, limit: 2), default);

        Assert.Equal(2, (await Store.TakeAsync()).Count);
        Assert.Empty(await Store.TakeAsync());
        Assert.Equal(new JobCounts { Queued = 3, Running = 2 }, await Store.CountAsync(default));
    }

    [Fact]
    public async Task JobThatMayNotRunIsQueuedAndUncharged_WhileItWaits()
    {
        Guid[] ids = await AddAsync(Members(2, limit: 1));
        await Store.TakeAsync();

        JobInfo info = (await Store.FindAsync(ids[1], default))!;

        Assert.Equal((JobState.Queued, 0, null), (info.State, info.Attempt, info.StartedAt));
    }

    [Theory]
    [InlineData("complete")]
    [InlineData("retry")]
    [InlineData("snooze")]
    [InlineData("bury")]
    [InlineData("rescue")]
    [InlineData("revoke")]
    public async Task PlaceIsFreeForTheNext_WhenAJobLeavesItBy(string end)
    {
        Guid[] ids = await AddAsync(Members(3, limit: 1));
        LeasedJob first = await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());

        await EndAsync(first, end);

        Assert.Equal(ids[1], Assert.Single(await Store.TakeAsync()).Lease.JobId);
        Assert.Empty(await Store.TakeAsync());
    }

    [Fact]
    public async Task ReturnedJobKeepsItsTurn_WhenOthersWait()
    {
        Guid[] ids = await AddAsync(Members(3, limit: 1));
        LeasedJob first = await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());

        await Store.ReturnAsync([first.Lease], default);

        Assert.Equal(ids[0], Assert.Single(await Store.TakeAsync()).Lease.JobId);
    }

    [Fact]
    public async Task ExtendedLeaseKeepsItsPlace_AndSoDoesOneThatRanOut()
    {
        await AddAsync(Members(2, limit: 1));
        LeasedJob first = await Store.TakeOneAsync();
        Assert.Equal([true], await Store.ExtendAsync([first.Lease], TestJobs.Lease, default));
        Time.Advance(TestJobs.Lease * 2);

        Assert.Empty(await Store.TakeAsync());
        Assert.Equal([true], await Store.CompleteAsync([first.Lease], default));
        Assert.Single(await Store.TakeAsync());
    }

    [Fact]
    public async Task ParkedJobIsInTheWayAndReplaced_WhenItIsUnique()
    {
        JobGroup group = new("k", 1);
        await Store.EnqueueAsync([TestJobs.New() with { Group = group }, UniqueTestJobs.New() with { Group = group }], default);
        LeasedJob first = await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());
        JobEnvelope other = UniqueTestJobs.New(conflict: JobConflict.Replace) with { Payload = "7"u8.ToArray() };

        EnqueuedJob kept = await Store.OfferAsync(UniqueTestJobs.New());
        EnqueuedJob replaced = await Store.OfferAsync(other);

        Assert.Equal((EnqueueOutcome.Existed, EnqueueOutcome.Replaced, kept.Id), (kept.Outcome, replaced.Outcome, replaced.Id));
        LeasedJob now = Assert.Single(await Store.TakeAsync());
        Assert.Equal((kept.Id, "7"), (now.Lease.JobId, System.Text.Encoding.UTF8.GetString(now.Envelope.Payload.Span)));
        Assert.Equal([true, true], await Store.CompleteAsync([first.Lease, now.Lease], default));
    }

    [Theory]
    [InlineData(JobConflict.Reschedule)]
    [InlineData(JobConflict.Replace)]
    public async Task NextOneGetsItsTurn_WhenAJobThatWasCalledIsPutOff(JobConflict conflict)
    {
        JobGroup group = new("k", 1);
        JobEnvelope last = TestJobs.New() with { Group = group };
        await Store.EnqueueAsync([TestJobs.New() with { Group = group }, UniqueTestJobs.New() with { Group = group }, last], default);
        LeasedJob first = await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());
        await Store.CompleteAsync([first.Lease], default);

        await Store.OfferAsync(UniqueTestJobs.New(conflict: conflict, delay: TimeSpan.FromHours(1)) with { Group = group });

        Assert.Equal(last.Id, Assert.Single(await Store.TakeAsync()).Lease.JobId);
        Assert.Equal(new JobCounts { Scheduled = 1, Running = 1, Succeeded = 1 }, await Store.CountAsync(default));
    }

    [Fact]
    public async Task LateWorkerFreesNothing_WhenItsJobWasGivenToAnother()
    {
        await AddAsync(Members(3, limit: 1));
        LeasedJob late = await Store.TakeOneAsync();
        await EndAsync(late, "rescue");
        LeasedJob current = await Store.TakeOneAsync();

        Assert.Equal([false], await Store.CompleteAsync([late.Lease], default));

        Assert.Empty(await Store.TakeAsync());
        Assert.Equal([true], await Store.CompleteAsync([current.Lease], default));
    }

    [Fact]
    public async Task HigherPriorityGoesFirstThenTheEarlier_WhenAPlaceIsFree()
    {
        Guid[] ids = await AddAsync([Member(), Member(), Member() with { Priority = 5 }, Member() with { Priority = 5 }]);
        LeasedJob first = await Store.TakeOneAsync();
        Assert.Equal(ids[2], first.Lease.JobId);
        Assert.Empty(await Store.TakeAsync());
        Guid urgent = (await AddAsync([Member() with { Priority = 9 }]))[0];
        await Store.CompleteAsync([first.Lease], default);

        Assert.Equal([urgent, ids[3], ids[0], ids[1]], await DrainAsync(4));
    }

    [Fact]
    public async Task GroupsDoNotConcernEachOther_NorJobsWithoutOne()
    {
        await AddAsync([.. Members(3, key: "a"), .. Members(3, key: "b"), .. TestJobs.Many(2)]);

        IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync();

        Assert.Equal(["a", "b", null, null], jobs.Select(j => j.Envelope.Group?.Key));
    }

    [Fact]
    public async Task GroupIsOne_WhenItsJobsHaveSeveralQueuesAndNames()
    {
        await AddAsync([Member() with { Queue = "one", Name = "a" }, Member() with { Queue = "two", Name = "b" }]);

        LeasedJob first = Assert.Single(await Store.TakeAsync(10, "two", "one"));
        Assert.Equal("two", first.Envelope.Queue);
        await Store.CompleteAsync([first.Lease], default);
        Assert.Equal("one", Assert.Single(await Store.TakeAsync(10, "two", "one")).Envelope.Queue);
    }

    [Fact]
    public async Task QueueThatNobodyServesHoldsUpNoOther_WhenItsJobIsNext()
    {
        await AddAsync([Member(), Member() with { Queue = "a-paused" }, Member() with { Queue = "b-unserved" }, Member(), Member()]);
        LeasedJob first = Assert.Single(await Store.TakeAsync(10, "default", "a-paused", "b-unserved"));
        await Store.PauseAsync("a-paused", default);
        await Store.CompleteAsync([first.Lease], default);

        LeasedJob second = Assert.Single(await Store.TakeAsync(10, "default", "a-paused"));
        Assert.Equal("default", second.Envelope.Queue);
        await Store.CompleteAsync([second.Lease], default);
        Assert.Single(await Store.TakeAsync(10, "default", "a-paused"));
    }

    [Fact]
    public async Task PausedQueueGoesOn_WhenItIsResumed()
    {
        await AddAsync(Members(3, limit: 1));
        LeasedJob first = await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());
        await Store.PauseAsync("default", default);
        await Store.CompleteAsync([first.Lease], default);
        Assert.Empty(await Store.TakeAsync());

        await Store.ResumeAsync("default", default);

        Assert.Single(await Store.TakeAsync());
    }

    [Fact]
    public async Task RevokedJobIsGoneFromTheLine_WhetherItWasNextOrNot()
    {
        Guid[] ids = await AddAsync(Members(5, limit: 1));
        LeasedJob first = await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());
        Assert.Equal([JobRevocation.Revoked], await Store.RevokeAsync([ids[2]], default));
        await Store.CompleteAsync([first.Lease], default);

        // The next one has been called; revoked, it must give its turn to the one behind it.
        Assert.Equal([JobRevocation.Revoked], await Store.RevokeAsync([ids[1]], default));

        Assert.Equal([ids[3], ids[4]], await DrainAsync(2));
        Assert.Equal(new JobCounts { Revoked = 2, Succeeded = 3 }, await Store.CountAsync(default));
    }

    [Fact]
    public async Task WaitingRetryHasNoPlace_AndComesBackThroughTheLine()
    {
        Guid[] ids = await AddAsync(Members(2, limit: 1));
        LeasedJob first = await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());
        await Store.RetryAsync([new JobRetry(first.Lease, TimeSpan.FromSeconds(1), "x")], default);
        LeasedJob second = await Store.TakeOneAsync();
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(await Store.TakeAsync());
        Assert.Equal(JobState.Queued, await Store.StateAsync(ids[0]));
        await Store.CompleteAsync([second.Lease], default);

        LeasedJob again = await Store.TakeOneAsync();
        Assert.Equal((ids[0], 2), (again.Lease.JobId, again.Attempt));
    }

    [Fact]
    public async Task ReplayedJobWaitsForAPlace_WhenItsGroupIsFull()
    {
        Guid[] ids = await AddAsync(Members(2, limit: 1));
        await EndAsync(await Store.TakeOneAsync(), "bury");
        LeasedJob second = await Store.TakeOneAsync();
        Assert.Equal([true], await Store.ReplayAsync([ids[0]], default));

        Assert.Empty(await Store.TakeAsync());
        await Store.CompleteAsync([second.Lease], default);
        Assert.Equal(ids[0], (await Store.TakeOneAsync()).Lease.JobId);
    }

    [Fact]
    public async Task LimitOfTheJobEnqueuedLastCounts_WhenTheyDiffer()
    {
        await AddAsync(Members(4, limit: 1));
        Assert.Single(await Store.TakeAsync());
        Assert.Empty(await Store.TakeAsync());

        await AddAsync(Members(1, limit: 3));
        IReadOnlyList<LeasedJob> more = await Store.TakeAsync();
        Assert.Equal(2, more.Count);

        await AddAsync(Members(1, limit: 1));
        Assert.Empty(await Store.TakeAsync());
        await Store.CompleteAsync([more[0].Lease], default);
        Assert.Empty(await Store.TakeAsync());
    }

    [Fact]
    public async Task FiveThousandThatMayNotRunDelayNobody_WhenTheyAreFirstInTheQueue()
    {
        const int Count = 5000;
        foreach (JobEnvelope[] chunk in Members(Count, limit: 1).Chunk(1000))
            await Store.EnqueueAsync([.. chunk.Select(j => j with { Priority = 9 })], default);
        Guid other = await Store.AddAsync(TestJobs.New());

        IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync(2);

        Assert.Equal(["customer", null], jobs.Select(j => j.Envelope.Group?.Key));
        Assert.Equal(other, jobs[1].Lease.JobId);
        for (int i = 0; i < 3; i++)
        {
            Guid next = await Store.AddAsync(TestJobs.New());
            Assert.Equal(next, (await Store.TakeOneAsync()).Lease.JobId);
        }

        Assert.Equal(new JobCounts { Queued = Count - 1, Running = 5 }, await Store.CountAsync(default));
        await Store.CompleteAsync([jobs[0].Lease], default);
        Assert.Equal("customer", (await Store.TakeOneAsync()).Envelope.Group?.Key);
    }

    [Fact]
    public async Task EachGroupGetsItsTurn_WhenManyAreFull()
    {
        const int Groups = 150;
        await AddAsync([.. Enumerable.Range(0, Groups * 4).Select(i => Member(key: $"g{i % Groups}"))]);

        for (int round = 0; round < 4; round++)
        {
            var taken = new List<LeasedJob>();
            while (await Store.TakeAsync(10) is { Count: > 0 } jobs)
                taken.AddRange(jobs);
            Assert.Equal(Groups, taken.Count);
            Assert.Equal(Groups, taken.Select(j => j.Envelope.Group!.Key).Distinct().Count());
            await Store.CompleteAsync([.. taken.Select(j => (JobCompletion)j.Lease)], default);
        }

        Assert.Equal(Groups * 4, (await Store.CountAsync(default)).Succeeded);
    }

    [Fact]
    public async Task LimitIsNeverExceededAndNothingIsForgotten_WhenManyClaimersCompete()
    {
        const int Limit = 3;
        const int Groups = 4;
        const int Count = 600;
        foreach (JobEnvelope[] chunk in Enumerable.Range(0, Count).Select(i => Member(key: $"g{i % Groups}", Limit) with { MaxAttempts = 50 }).Chunk(100))
            await Store.EnqueueAsync(chunk, default);
        var running = new ConcurrentDictionary<string, int>();
        var exceeded = new ConcurrentQueue<int>();
        int done = 0;
        long started = TimeProvider.System.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            var random = new Random(w);
            while (Volatile.Read(ref done) < Count)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(2), "A place was lost: nothing moves any more.");
                IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync(random.Next(1, 12));
                foreach (LeasedJob job in jobs)
                {
                    if (running.AddOrUpdate(job.Envelope.Group!.Key, 1, static (_, n) => n + 1) is > Limit and int now)
                        exceeded.Enqueue(now);
                }

                await Task.Yield();
                foreach (LeasedJob job in jobs)
                    running.AddOrUpdate(job.Envelope.Group!.Key, 0, static (_, n) => n - 1);
                foreach (LeasedJob[] some in jobs.Chunk(4))
                    Interlocked.Add(ref done, await SettleAsync(some, random));
            }
        })));

        Assert.Empty(exceeded);
        Assert.Equal(new JobCounts { Succeeded = Count }, await Store.CountAsync(default));
    }

    [Fact]
    public async Task WaitEnds_WhenAPlaceIsFree()
    {
        await AddAsync(Members(2, limit: 1));
        LeasedJob first = await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());
        Task wait = Store.WaitForWorkAsync(["default"], TimeSpan.FromHours(1), default);

        await Store.CompleteAsync([first.Lease], default);

        await wait.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Single(await Store.TakeAsync());
    }

    protected static JobEnvelope Member(string key = "customer", int limit = 1) => TestJobs.New() with { Group = new JobGroup(key, limit) };

    protected static JobEnvelope[] Members(int count, int limit = 1, string key = "customer") => TestJobs.Many(count, _ => Member(key, limit));

    private async Task<int> SettleAsync(LeasedJob[] jobs, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                await Store.RetryAsync([.. jobs.Select(static j => new JobRetry(j.Lease, TimeSpan.Zero, "again"))], default);
                return 0;
            case 1:
                await Store.ReturnAsync([.. jobs.Select(static j => j.Lease)], default);
                return 0;
            default:
                return (await Store.CompleteAsync([.. jobs.Select(static j => (JobCompletion)j.Lease)], default)).Count(static a => a);
        }
    }

    private async Task EndAsync(LeasedJob job, string end)
    {
        switch (end)
        {
            case "complete":
                await Store.CompleteAsync([job.Lease], default);
                break;
            case "retry":
                await Store.RetryAsync([new JobRetry(job.Lease, TimeSpan.FromHours(1), "x")], default);
                break;
            case "snooze":
                await Store.RetryAsync([new JobRetry(job.Lease, TimeSpan.FromHours(1), "x") { IsUncharged = true }], default);
                break;
            case "bury":
                await Store.DeadLetterAsync([new JobDeath(job.Lease, DeadLetterReason.GivenUp, "x")], default);
                break;
            case "rescue":
                // Revoked, so that it does not come first again.
                Time.Advance(TestJobs.Lease);
                Assert.Single(await Store.RescueAsync(10, default));
                await Store.RevokeAsync([job.Lease.JobId], default);
                break;
            default:
                await Store.RevokeAsync([job.Lease.JobId], default);
                await Store.ReturnAsync([job.Lease], default);
                break;
        }
    }

    /// <summary>Runs one job after the other, and gives their ids.</summary>
    private async Task<Guid[]> DrainAsync(int count)
    {
        var order = new List<Guid>();
        for (int i = 0; i < count; i++)
        {
            LeasedJob job = Assert.Single(await Store.TakeAsync());
            order.Add(job.Lease.JobId);
            await Store.CompleteAsync([job.Lease], default);
        }

        return [.. order];
    }

    private async Task<Guid[]> AddAsync(IReadOnlyList<JobEnvelope> jobs) => [.. (await Store.EnqueueAsync(jobs, default)).Select(static j => j.Id)];
}
