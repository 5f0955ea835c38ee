using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreUniqueTests : StoreUniqueTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreUniqueChangeTests : StoreUniqueChangeTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreUniqueRaceTests : StoreUniqueRaceTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}
