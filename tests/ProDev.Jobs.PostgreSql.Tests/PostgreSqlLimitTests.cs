using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreGroupTests : StoreGroupTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreRateTests : StoreRateTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreLimitMixTests : StoreLimitMixTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreLimitModelTests : StoreLimitModelTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlLimitRunTests : LimitRunTests
{
    private readonly TempSchema _schema = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UsePostgreSql(o =>
        (o.ConnectionString, o.Schema, o.TimeProvider) = (TestPostgres.ConnectionString, _schema.Name, Time));

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreNamedLimitTests : StoreNamedLimitTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}
