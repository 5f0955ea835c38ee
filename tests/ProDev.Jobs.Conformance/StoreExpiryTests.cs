namespace ProDev.Jobs.Conformance;

/// <summary>What a store keeps and says so that workers can tell whether a job has expired.</summary>
public abstract class StoreExpiryTests : StoreTests
{
    [Fact]
    public async Task ExpiryComesBackUnchanged_WhenTheJobIsFetched()
    {
        DateTimeOffset moment = new(2026, 3, 2, 7, 30, 15, 123, TimeSpan.FromHours(2));
        await Store.AddAsync(With(TimeSpan.FromSeconds(90.5), expiresAt: null));
        await Store.AddAsync(With(expires: null, moment));
        await Store.AddAsync(With(expires: null, expiresAt: null));

        IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync();

        Assert.Equal([TimeSpan.FromSeconds(90.5), null, null], jobs.Select(j => j.Envelope.Expires));
        Assert.Equal([null, moment, null], jobs.Select(j => j.Envelope.ExpiresAt));
    }

    [Fact]
    public async Task MomentOfTheLeaseIsByTheClockOfTheStore_WhenTheStoreSaysIt()
    {
        await Store.AddAsync(TestJobs.New());
        Time.Advance(TimeSpan.FromMinutes(5));

        LeasedJob job = await Store.TakeOneAsync();

        Assert.Equal(job.LeasedAt is null ? null : Time.GetUtcNow(), job.LeasedAt);
        Assert.Equal(Time.GetUtcNow() - TimeSpan.FromMinutes(5), job.EnqueuedAt);
    }

    private static JobEnvelope With(TimeSpan? expires, DateTimeOffset? expiresAt)
        => new() { Id = Guid.CreateVersion7(), Name = "test.job", Expires = expires, ExpiresAt = expiresAt };
}
