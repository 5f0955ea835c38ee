using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreOrderTests : StoreOrderTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreLeaseTests : StoreLeaseTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreQueryTests : StoreQueryTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreConcurrencyTests : StoreConcurrencyTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreWakeTests : StoreWakeTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreExpiryTests : StoreExpiryTests
{
    private readonly TempSchema _schema = new();

    [Fact]
    public async Task StoreSaysWhenItGaveTheLease()
    {
        await Store.AddAsync(TestJobs.New());

        Assert.Equal(Time.GetUtcNow(), (await Store.TakeOneAsync()).LeasedAt);
    }

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlWorkerTests : WorkerTests
{
    private readonly TempSchema _schema = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UsePostgreSql(o =>
        (o.ConnectionString, o.Schema, o.TimeProvider) = (TestPostgres.ConnectionString, _schema.Name, Time));

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreNamedFetchTests : StoreNamedFetchTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStorePriorityTests : StorePriorityTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreDelayTests : StoreDelayTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreRescueTests : StoreRescueTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreRaceTests : StoreRaceTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreWakeAgainTests : StoreWakeAgainTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}
