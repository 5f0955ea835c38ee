using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Sqlite.Tests;

public sealed class SqliteStoreExpiryTests : StoreExpiryTests
{
    private readonly TempDatabase _database = new();

    [Fact]
    public async Task StoreSaysWhenItGaveTheLease()
    {
        await Store.AddAsync(TestJobs.New());

        Assert.Equal(Time.GetUtcNow(), (await Store.TakeOneAsync()).LeasedAt);
    }

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}
