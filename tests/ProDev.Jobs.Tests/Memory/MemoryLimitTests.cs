using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Tests;

public sealed class MemoryStoreGroupTests : StoreGroupTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStoreRateTests : StoreRateTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStoreLimitMixTests : StoreLimitMixTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStoreLimitModelTests : StoreLimitModelTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryLimitRunTests : LimitRunTests
{
    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseInMemory();
}

public sealed class MemoryGateTests
{
    [Fact]
    public async Task LimitsAreForgotten_WhenNobodyNeedsThem()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        using var store = new MemoryJobStore(Options.Create(new MemoryJobsOptions()), time);
        await store.EnqueueAsync(
            TestJobs.Many(40, i => TestJobs.New() with { Group = new JobGroup($"g{i % 10}", 1), Rate = JobRate.Parse("10/s"), RateKey = $"r{i % 20}" }), default);
        for (int i = 0; i < 10; i++)
        {
            IReadOnlyList<LeasedJob> jobs = await store.TakeAsync();
            if (jobs.Count > 0)
                await store.CompleteAsync([.. jobs.Select(static j => (JobCompletion)j.Lease)], default);
            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(40, (await store.CountAsync(default)).Succeeded);
        Assert.Empty(await store.TakeAsync());
        Assert.Equal(0, store.GateCount);
    }
}

public sealed class MemoryStoreNamedLimitTests : StoreNamedLimitTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}
