using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Tests;

public sealed class MemoryStoreExpiryTests : StoreExpiryTests
{
    [Fact]
    public async Task StoreSaysWhenItGaveTheLease()
    {
        await Store.AddAsync(TestJobs.New());

        Assert.Equal(Time.GetUtcNow(), (await Store.TakeOneAsync()).LeasedAt);
    }

    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}
