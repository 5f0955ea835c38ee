namespace ProDev.Jobs.Conformance;

/// <summary>Groups and rates that meet each other, changed limits, paused queues and unique jobs.</summary>
public abstract class StoreLimitMixTests : StoreTests
{
    private static readonly JobGroup Group = new("customer", 1);

    [Theory]
    [InlineData("1/h", 1)]
    [InlineData("2/h", 50)]
    public async Task FasterRateCountsAtOnce_WhenALaterJobSaysIt(string slow, int burst)
    {
        await Store.EnqueueAsync(TestJobs.Many(burst + 2, _ => Rated(slow, burst: burst)), default);
        Assert.Equal(burst, (await Store.TakeAsync()).Count);
        await Store.AddAsync(Rated("1/s"));
        Assert.Empty(await Store.TakeAsync());

        for (int i = 0; i < 3; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Single(await Store.TakeAsync());
            Assert.Empty(await Store.TakeAsync());
        }
    }

    [Fact]
    public async Task TokensComeAsBefore_WhenTheClockWasSetBack()
    {
        await Store.EnqueueAsync(TestJobs.Many(2, _ => Rated("1/s")), default);
        await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());
        Time.AdjustTime(Time.GetUtcNow() - TimeSpan.FromHours(1));
        await Store.AddAsync(Rated("1/s") with { Priority = 1 });
        Assert.Empty(await Store.TakeAsync());

        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await Store.TakeAsync());
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await Store.TakeAsync());
    }

    [Fact]
    public async Task NextOfTheRateGetsItsTurn_WhenTheOneThatWasCalledIsParkedWithItsGroup()
    {
        JobEnvelope called = Rated("1/s") with { Group = Group, Queue = "other" };
        JobEnvelope next = Rated("1/s") with { Queue = "other" };
        await Store.EnqueueAsync([Rated("1/s"), called, next], default);
        await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync(10, "other"));
        await Store.AddAsync(TestJobs.New() with { Group = Group });
        await Store.TakeOneAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await Store.TakeAsync());

        // The token has called a job whose group is full, and another member of that group is looked at first.
        await Store.AddAsync(TestJobs.New() with { Group = Group });
        Assert.Empty(await Store.TakeAsync());

        Assert.Equal(next.Id, Assert.Single(await Store.TakeAsync(10, "other")).Lease.JobId);
    }

    [Fact]
    public async Task NextOfTheGroupGetsItsTurn_WhenTheOneThatWasCalledIsParkedWithItsRate()
    {
        JobEnvelope called = Rated("1/h") with { Group = Group, Queue = "other" };
        JobEnvelope next = TestJobs.New() with { Group = Group, Queue = "other" };
        await Store.EnqueueAsync([TestJobs.New() with { Group = Group }, called, next], default);
        LeasedJob first = await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync(10, "other"));
        await Store.CompleteAsync([first.Lease], default);

        // The place has called a job whose rate has no token, and another job of that rate is looked at first.
        await Store.EnqueueAsync([Rated("1/h"), Rated("1/h")], default);
        Assert.Single(await Store.TakeAsync());

        Assert.Equal(next.Id, Assert.Single(await Store.TakeAsync(10, "other")).Lease.JobId);
    }

    [Fact]
    public async Task HigherLimitCounts_WhenTheLatestJobIsReplacedByOneThatSaysIt()
    {
        await Store.EnqueueAsync([TestJobs.New() with { Group = Group }, UniqueTestJobs.New() with { Group = Group }], default);
        await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());

        await Store.OfferAsync(UniqueTestJobs.New(conflict: JobConflict.Replace) with { Group = new JobGroup(Group.Key, 2) });

        Assert.Single(await Store.TakeAsync());
    }

    [Fact]
    public async Task FasterRateCounts_WhenTheLatestJobIsReplacedByOneThatSaysIt()
    {
        await Store.EnqueueAsync([Rated("1/h"), UniqueTestJobs.New() with { Rate = JobRate.Parse("1/h") }], default);
        await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());

        await Store.OfferAsync(UniqueTestJobs.New(conflict: JobConflict.Replace) with { Rate = JobRate.Parse("1/s") });
        Assert.Empty(await Store.TakeAsync());
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Single(await Store.TakeAsync());
    }

    [Fact]
    public async Task HigherLimitCounts_WhenTheJobThatSaysItIsBehindOthers()
    {
        await Store.EnqueueAsync(TestJobs.Many(2, _ => TestJobs.New() with { Group = Group }), default);
        await Store.TakeOneAsync();
        await Store.AddAsync(TestJobs.New() with { Group = new JobGroup(Group.Key, 2) });

        Assert.Single(await Store.TakeAsync(1));
    }

    [Fact]
    public async Task WorkersDoNotSpin_WhenATokenComesForAQueueThatIsPaused()
    {
        await Store.EnqueueAsync(TestJobs.Many(3, _ => Rated("1/s")), default);
        await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());
        await Store.PauseAsync("default", default);
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await Store.TakeAsync());

        Task wait = Store.WaitForWorkAsync(["default"], TimeSpan.FromHours(1), default);
        Assert.False(wait.IsCompleted);

        await Store.ResumeAsync("default", default);
        await wait.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Single(await Store.TakeAsync());
    }

    [Fact]
    public async Task JobIsFound_WhenAMemberOfItsGroupWaitsInAPausedQueueThatComesFirst()
    {
        var full = new JobGroup("full", 1);
        await Store.AddAsync(TestJobs.New() with { Group = full });
        await Store.TakeOneAsync();
        await Store.PauseAsync("a-paused", default);
        await Store.EnqueueAsync([TestJobs.New(queue: "a-paused") with { Group = Group }, TestJobs.New() with { Group = full }], default);
        Guid free = await Store.AddAsync(TestJobs.New() with { Group = Group });

        IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync(1, "a-paused", "default");

        Assert.Equal(free, Assert.Single(jobs).Lease.JobId);
    }

    [Fact]
    public async Task HigherPriorityGoesFirst_WhenALowerOneWasCalledBefore()
    {
        await Store.EnqueueAsync(TestJobs.Many(2, _ => TestJobs.New() with { Group = Group }), default);
        LeasedJob running = await Store.TakeOneAsync();
        Assert.Empty(await Store.TakeAsync());
        await Store.CompleteAsync([running.Lease], default);
        await Store.AddAsync(TestJobs.New(priority: 9) with { Group = Group });
        running = await Store.TakeOneAsync();
        Assert.Equal(9, running.Envelope.Priority);
        Guid urgent = await Store.AddAsync(TestJobs.New(priority: 9) with { Group = Group });
        Guid free = await Store.AddAsync(TestJobs.New(priority: 5));
        Assert.Equal(free, (await Store.TakeOneAsync()).Lease.JobId);

        await Store.CompleteAsync([running.Lease], default);

        Assert.Equal(urgent, (await Store.TakeOneAsync()).Lease.JobId);
    }

    [Fact]
    public async Task JobsComeInOrder_WhenOneIsCalledWhileOthersAreTaken()
    {
        await Store.EnqueueAsync([Rated("1/h"), TestJobs.New() with { Group = Group }], default);
        IReadOnlyList<LeasedJob> first = await Store.TakeAsync();
        Assert.Equal(2, first.Count);
        JobEnvelope called = TestJobs.New(priority: 8) with { Group = Group };
        await Store.EnqueueAsync([Rated("1/h") with { Group = Group, Priority = 9 }, called], default);
        Assert.Empty(await Store.TakeAsync());
        Guid free = await Store.AddAsync(TestJobs.New(priority: 1));
        await Store.CompleteAsync([.. first.Select(static j => (JobCompletion)j.Lease)], default);

        Assert.Equal([called.Id, free], (await Store.TakeAsync()).Select(static j => j.Lease.JobId));
    }

    private static JobEnvelope Rated(string rate, int burst = 1) => TestJobs.New() with { Rate = JobRate.Parse(rate, burst) };
}
