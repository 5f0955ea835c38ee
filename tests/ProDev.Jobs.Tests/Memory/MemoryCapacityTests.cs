using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Tests;

/// <summary>What only a bounded store in memory does.</summary>
public sealed class MemoryCapacityTests
{
    [Fact]
    public async Task EnqueueFailsAndAddsNothing_WhenTheStoreIsFull()
    {
        IJobStore store = MemoryStores.Create(TimeProvider.System, o => o.Capacity = 3);
        await store.EnqueueAsync(TestJobs.Many(2, i => TestJobs.New(key: $"{i}")), default);

        var error = await Assert.ThrowsAsync<JobStoreException>(async () => await store.EnqueueAsync(TestJobs.Many(2), default));

        Assert.True(error.IsFull);
        Assert.StartsWith(
            "The in-memory job store holds '2' unfinished jobs and cannot take 2 more; at most 3 are allowed.", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await store.CountAsync(default)).Queued);
        Assert.True((await store.EnqueueAsync([TestJobs.New(key: "0"), TestJobs.New()], default))[0].AlreadyExisted);
    }

    [Fact]
    public async Task RoomIsMade_WhenJobsSucceed()
    {
        IJobStore store = MemoryStores.Create(TimeProvider.System, o => o.Capacity = 1);
        await store.AddAsync(TestJobs.New());
        await store.CompleteAsync([(await store.TakeOneAsync()).Lease], default);

        await store.AddAsync(TestJobs.New());

        Assert.Equal(new JobCounts { Queued = 1, Succeeded = 1 }, await store.CountAsync(default));
    }

    [Fact]
    public async Task OldestSucceededJobsAreForgotten_WhenThereAreTooMany()
    {
        IJobStore store = MemoryStores.Create(TimeProvider.System, o => o.FinishedCapacity = 2);
        JobEnvelope[] jobs = TestJobs.Many(3);
        await store.EnqueueAsync(jobs, default);
        await store.CompleteAsync([.. (await store.TakeAsync()).Select(j => j.Lease)], default);

        Assert.Null(await store.FindAsync(jobs[0].Id, default));
        Assert.Equal(2, (await store.CountAsync(default)).Succeeded);
    }
}
