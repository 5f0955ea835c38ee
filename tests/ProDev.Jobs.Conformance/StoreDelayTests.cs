namespace ProDev.Jobs.Conformance;

/// <summary>Jobs for later.</summary>
public abstract class StoreDelayTests : StoreTests
{
    [Fact]
    public async Task DelayedJobIsNotFetched_UntilItsTimeHasCome()
    {
        Guid id = await Store.AddAsync(TestJobs.New(delay: TimeSpan.FromMinutes(5)));
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
    public async Task DelayComesBackUnchanged_WhenItHasPassed()
    {
        await Store.AddAsync(TestJobs.New(delay: TimeSpan.FromSeconds(7)));
        Time.Advance(TimeSpan.FromSeconds(8));

        LeasedJob leased = await Store.TakeOneAsync();

        Assert.Equal((TimeSpan.FromSeconds(7), null), (leased.Envelope.Delay, leased.Envelope.RunAt));
    }
}
