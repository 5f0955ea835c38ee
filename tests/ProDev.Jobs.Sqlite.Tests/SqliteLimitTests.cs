using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Sqlite.Tests;

public sealed class SqliteStoreGroupTests : StoreGroupTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreRateTests : StoreRateTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreLimitMixTests : StoreLimitMixTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreLimitModelTests : StoreLimitModelTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteLimitRunTests : LimitRunTests
{
    private readonly TempDatabase _database = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseSqlite(_database.Path);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreNamedLimitTests : StoreNamedLimitTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}
