using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Sqlite.Tests;

public sealed class SqliteStoreOrderTests : StoreOrderTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreLeaseTests : StoreLeaseTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreQueryTests : StoreQueryTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreConcurrencyTests : StoreConcurrencyTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreWakeTests : StoreWakeTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteWorkerTests : WorkerTests
{
    private readonly TempDatabase _database = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseSqlite(_database.Path);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreScheduleTests : StoreScheduleTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreNamedFetchTests : StoreNamedFetchTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStorePriorityTests : StorePriorityTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreDelayTests : StoreDelayTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreRescueTests : StoreRescueTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreRaceTests : StoreRaceTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreWakeAgainTests : StoreWakeAgainTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}
