namespace ProDev.Jobs.Conformance;

/// <summary>Which jobs a fetch gives, and in which order. Needs no ability.</summary>
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
        Assert.Equal([other], (await Store.TakeAsync(10, "other")).Select(j => j.Lease.JobId));
    }

    [Fact]
    public async Task NothingIsFetched_WhenTheQueueIsUnknown()
    {
        await Store.AddAsync(TestJobs.New());

        Assert.Empty(await Store.TakeAsync(10, "nobody-uses-this"));
    }
}
