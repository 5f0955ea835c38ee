namespace ProDev.Jobs.Conformance;

/// <summary>Which jobs a fetch gives, and in which order.</summary>
public abstract class StoreOrderTests : StoreTests
{
    [Fact]
    public async Task JobsComeInOrderOfArrival_WhenEverythingElseIsEqual()
    {
        JobEnvelope[] jobs = TestJobs.Many(20);
        await Store.EnqueueAsync(jobs, default);

        Assert.Equal(jobs.Select(j => j.Id), (await Store.TakeAsync()).Select(j => j.Lease.JobId));
    }

    [Fact]
    public async Task HigherPriorityComesFirst_WhenJobsAreReady()
    {
        Guid low = await Store.AddAsync(TestJobs.New(priority: 0));
        Guid high = await Store.AddAsync(TestJobs.New(priority: 9));
        Guid middle = await Store.AddAsync(TestJobs.New(priority: 5));

        Assert.Equal([high, middle, low], (await Store.TakeAsync()).Select(j => j.Lease.JobId));
    }

    [Fact]
    public async Task FetchGivesNoMoreThanTheMaximum_WhenMoreAreReady()
    {
        await Store.EnqueueAsync(TestJobs.Many(10), default);

        Assert.Equal(4, (await Store.TakeAsync(4)).Count);
        Assert.Equal(6, (await Store.TakeAsync(100)).Count);
        Assert.Empty(await Store.TakeAsync());
    }

    [Fact]
    public async Task OnlyRequestedQueuesAreServed_InTheRequestedOrder()
    {
        Guid first = await Store.AddAsync(TestJobs.New(queue: "bulk"));
        Guid second = await Store.AddAsync(TestJobs.New(queue: "critical"));
        Guid other = await Store.AddAsync(TestJobs.New(queue: "other"));

        Assert.Equal([second, first], (await Store.TakeAsync(10, "critical", "bulk")).Select(j => j.Lease.JobId));
        Assert.Equal(JobState.Queued, await Store.StateAsync(other));
    }

    [Fact]
    public async Task NothingIsFetched_WhenTheQueueIsUnknown()
    {
        await Store.AddAsync(TestJobs.New());

        Assert.Empty(await Store.TakeAsync(10, "nobody-uses-this"));
    }

    [Fact]
    public async Task DelayedJobIsScheduled_UntilItsTimeHasCome()
    {
        Guid id = await Store.AddAsync(TestJobs.New(delay: TimeSpan.FromMinutes(5)));
        Assert.Equal(JobState.Scheduled, await Store.StateAsync(id));
        Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await Store.TakeAsync());

        Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(id, (await Store.TakeOneAsync()).Lease.JobId);
    }

    [Fact]
    public async Task RunAtIsHonoured_AndAPastMomentMeansNow()
    {
        Guid later = await Store.AddAsync(TestJobs.New(runAt: Time.GetUtcNow().AddHours(1)));
        Guid past = await Store.AddAsync(TestJobs.New(runAt: Time.GetUtcNow().AddHours(-1)));

        Assert.Equal(past, Assert.Single(await Store.TakeAsync()).Lease.JobId);
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(later, Assert.Single(await Store.TakeAsync()).Lease.JobId);
    }

    [Fact]
    public async Task JobsThatBecameDueComeByTheirTime_WhenEnqueuedInAnotherOrder()
    {
        Guid second = await Store.AddAsync(TestJobs.New(delay: TimeSpan.FromSeconds(20)));
        Guid first = await Store.AddAsync(TestJobs.New(delay: TimeSpan.FromSeconds(10)));
        Time.Advance(TimeSpan.FromSeconds(30));
        Guid last = await Store.AddAsync(TestJobs.New());

        Assert.Equal([first, second, last], (await Store.TakeAsync()).Select(j => j.Lease.JobId));
    }

    [Fact]
    public async Task ManyDelayedJobsOfHighPriorityDoNotHideAReadyOne()
    {
        await Store.EnqueueAsync(TestJobs.Many(500, _ => TestJobs.New(priority: 9, delay: TimeSpan.FromHours(1))), default);
        Guid ready = await Store.AddAsync(TestJobs.New());

        Assert.Equal(ready, Assert.Single(await Store.TakeAsync(10)).Lease.JobId);
    }
}
