namespace ProDev.Jobs.Conformance;

/// <summary>Jobs of higher priority first.</summary>
public abstract class StorePriorityTests : StoreTests
{
    [Fact]
    public async Task HigherPriorityComesFirst_WhenJobsAreReady()
    {
        Guid low = await Store.AddAsync(TestJobs.New(priority: 0));
        Guid high = await Store.AddAsync(TestJobs.New(priority: 9));
        Guid middle = await Store.AddAsync(TestJobs.New(priority: 5));

        Assert.Equal([high, middle, low], (await Store.TakeAsync()).Select(j => j.Lease.JobId));
    }

    [Fact]
    public async Task ManyDelayedJobsOfHighPriorityDoNotHideAReadyOne()
    {
        await Store.EnqueueAsync(TestJobs.Many(500, _ => TestJobs.New(priority: 9, delay: TimeSpan.FromHours(1))), default);
        Guid ready = await Store.AddAsync(TestJobs.New());

        Assert.Equal(ready, Assert.Single(await Store.TakeAsync(10)).Lease.JobId);
    }
}
