using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Sqlite.Tests;

public sealed class SqliteStoreUniqueTests : StoreUniqueTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreUniqueChangeTests : StoreUniqueChangeTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreUniqueRaceTests : StoreUniqueRaceTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}
