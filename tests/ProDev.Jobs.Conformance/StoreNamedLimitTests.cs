namespace ProDev.Jobs.Conformance;

/// <summary>Leasing jobs by their ids when limits decide, too.</summary>
public abstract class StoreNamedLimitTests : StoreTests
{
    [Fact]
    public async Task NamedJobWaitsForItsPlace_WhenItsGroupIsFull()
    {
        Guid[] ids = await AddAsync(job => job with { Group = new JobGroup("k", 1) });
        LeasedJob first = Assert.Single(await TakeAsync(ids[0], ids[1]));
        Assert.Empty(await TakeAsync(ids[1], ids[2]));

        await Store.CompleteAsync([first.Lease], default);

        Assert.Empty(await TakeAsync(ids[0]));
        Assert.Equal([ids[1]], (await TakeAsync(ids[1])).Select(j => j.Lease.JobId));
    }

    [Fact]
    public async Task NamedJobWaitsForItsToken_WhenNoneIsLeft()
    {
        Guid[] ids = await AddAsync(job => job with { Rate = JobRate.Parse("1/s"), RateKey = "k" });
        Assert.Equal([ids[0]], (await TakeAsync(ids[0], ids[1])).Select(j => j.Lease.JobId));
        Assert.Empty(await TakeAsync(ids[1]));

        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([ids[1]], (await TakeAsync(ids[1])).Select(j => j.Lease.JobId));
    }

    [Fact]
    public async Task JobsThatAreNotNamedStay_WhenTheNamedOneIsParked()
    {
        Guid[] ids = await AddAsync(job => job with { Group = new JobGroup("k", 1) });
        Guid other = await Store.AddAsync(TestJobs.New());
        await TakeAsync(ids[0]);

        Assert.Empty(await TakeAsync(ids[1]));

        Assert.Equal([other], (await Store.TakeAsync()).Select(j => j.Lease.JobId));
    }

    private async Task<Guid[]> AddAsync(Func<JobEnvelope, JobEnvelope> limit)
    {
        JobEnvelope[] jobs = [.. TestJobs.Many(3).Select(limit)];
        await Store.EnqueueAsync(jobs, default);
        return [.. jobs.Select(static j => j.Id)];
    }

    private async Task<IReadOnlyList<LeasedJob>> TakeAsync(params Guid[] ids) => await Store.FetchAsync(
        new FetchRequest { Queues = ["default"], Maximum = 100, Lease = TestJobs.Lease, Worker = "test", JobIds = ids }, default);
}
