namespace ProDev.Jobs.Conformance;

/// <summary>Leasing jobs by their ids, as a store behind a broker does.</summary>
public abstract class StoreNamedFetchTests : StoreTests
{
    [Fact]
    public async Task OnlyNamedJobsAreLeased_InTheOrderOfTheStore()
    {
        Guid low = await Store.AddAsync(TestJobs.New());
        await Store.AddAsync(TestJobs.New(priority: 9));
        Guid high = await Store.AddAsync(TestJobs.New(priority: 5));
        Guid other = await Store.AddAsync(TestJobs.New(queue: "other"));

        IReadOnlyList<LeasedJob> jobs = await TakeAsync([low, Guid.CreateVersion7(), other, high], "other", "default");

        Assert.Equal([other, high, low], jobs.Select(j => j.Lease.JobId));
        Assert.All(jobs, j => Assert.Equal(1, j.Attempt));
        Assert.Equal(JobState.Running, await Store.StateAsync(low));
        Assert.Single(await Store.TakeAsync());
    }

    [Fact]
    public async Task NamedJobIsPassedOver_UnlessItIsReadyInARequestedQueue()
    {
        Guid leased = await Store.AddAsync(TestJobs.New());
        await Store.TakeOneAsync();
        Guid scheduled = await Store.AddAsync(TestJobs.New(delay: TimeSpan.FromMinutes(1)));
        Guid elsewhere = await Store.AddAsync(TestJobs.New(queue: "other"));
        Guid paused = await Store.AddAsync(TestJobs.New(queue: "bulk"));
        await Store.PauseAsync("bulk", default);

        Assert.Empty(await TakeAsync([leased, scheduled, elsewhere, paused], "default", "bulk"));
        Assert.Empty(await TakeAsync([], "default", "other"));

        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([scheduled], (await TakeAsync([scheduled, paused], "bulk", "default")).Select(j => j.Lease.JobId));
    }

    [Fact]
    public async Task BestNamedJobsAreLeased_WhenMoreAreReadyThanTheMaximum()
    {
        Guid[] ids = [.. TestJobs.Many(3).Select(j => j.Id)];
        await Store.EnqueueAsync([.. ids.Select((id, i) => TestJobs.New(priority: i) with { Id = id })], default);

        Assert.Equal([ids[2], ids[1]], (await TakeAsync(ids, maximum: 2)).Select(j => j.Lease.JobId));
    }

    private async Task<IReadOnlyList<LeasedJob>> TakeAsync(Guid[] ids, params string[] queues) => await TakeAsync(ids, 100, queues);

    private async Task<IReadOnlyList<LeasedJob>> TakeAsync(Guid[] ids, int maximum, params string[] queues) => await Store.FetchAsync(
        new FetchRequest
        {
            Queues = queues.Length == 0 ? ["default"] : queues,
            Maximum = maximum,
            Lease = TestJobs.Lease,
            Worker = "test",
            JobIds = ids,
        },
        default);
}
