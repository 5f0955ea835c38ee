using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreEnvelopeTests : StoreEnvelopeTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreControlTests : StoreControlTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreContinuationTests : StoreContinuationTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlCanvasTests : CanvasTests
{
    private readonly TempSchema _schema = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UsePostgreSql(o =>
        (o.ConnectionString, o.Schema, o.TimeProvider) = (TestPostgres.ConnectionString, _schema.Name, Time));

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreScheduleTests : StoreScheduleTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStoreNoteTests : StoreNoteTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(time);

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlStepTests : StepTests
{
    private readonly TempSchema _schema = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UsePostgreSql(o =>
        (o.ConnectionString, o.Schema, o.TimeProvider) = (TestPostgres.ConnectionString, _schema.Name, Time));

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlCanvasEdgeTests : CanvasEdgeTests
{
    private readonly TempSchema _schema = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UsePostgreSql(o =>
        (o.ConnectionString, o.Schema, o.TimeProvider) = (TestPostgres.ConnectionString, _schema.Name, Time));

    protected override void Cleanup() => _schema.Dispose();
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlRandomPlanTests : RandomPlanTests
{
    private readonly TempSchema _schema = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UsePostgreSql(o =>
        (o.ConnectionString, o.Schema, o.TimeProvider) = (TestPostgres.ConnectionString, _schema.Name, Time));

    protected override void Cleanup() => _schema.Dispose();
}
