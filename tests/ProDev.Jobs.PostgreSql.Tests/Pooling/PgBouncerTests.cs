using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

/// <summary>What shares one PgBouncer.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPgBouncer : ICollectionFixture<PgBouncer>
{
    public const string Name = "PgBouncer";
}

/// <summary>Everything works behind a pooler that gives each transaction another session, once <see cref="PostgreSqlJobsOptions.Listen"/> is off.</summary>
[Collection(SharedPgBouncer.Name), Trait("Requires", "PostgreSQL")]
public sealed class PgBouncerStoreLeaseTests(PgBouncer pooler) : StoreLeaseTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(pooler, time);

    protected override void Cleanup() => _schema.Dispose();
}

[Collection(SharedPgBouncer.Name), Trait("Requires", "PostgreSQL")]
public sealed class PgBouncerStoreOrderTests(PgBouncer pooler) : StoreOrderTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(pooler, time);

    protected override void Cleanup() => _schema.Dispose();
}

[Collection(SharedPgBouncer.Name), Trait("Requires", "PostgreSQL")]
public sealed class PgBouncerStoreConcurrencyTests(PgBouncer pooler) : StoreConcurrencyTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(pooler, time);

    protected override void Cleanup() => _schema.Dispose();
}

[Collection(SharedPgBouncer.Name), Trait("Requires", "PostgreSQL")]
public sealed class PgBouncerStoreUniqueRaceTests(PgBouncer pooler) : StoreUniqueRaceTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(pooler, time);

    protected override void Cleanup() => _schema.Dispose();
}

[Collection(SharedPgBouncer.Name), Trait("Requires", "PostgreSQL")]
public sealed class PgBouncerStoreContinuationTests(PgBouncer pooler) : StoreContinuationTests
{
    private readonly TempSchema _schema = new();

    protected override IJobStore CreateStore(TimeProvider time) => _schema.CreateStore(pooler, time);

    protected override void Cleanup() => _schema.Dispose();
}

[Collection(SharedPgBouncer.Name), Trait("Requires", "PostgreSQL")]
public sealed class PgBouncerLimitRunTests(PgBouncer pooler) : LimitRunTests
{
    private readonly TempSchema _schema = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UsePostgreSql(o => _schema.Through(pooler, o, Time));

    protected override void Cleanup() => _schema.Dispose();
}

[Collection(SharedPgBouncer.Name), Trait("Requires", "PostgreSQL")]
public sealed class PgBouncerCanvasTests(PgBouncer pooler) : CanvasTests
{
    private readonly TempSchema _schema = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UsePostgreSql(o => _schema.Through(pooler, o, Time));

    protected override void Cleanup() => _schema.Dispose();
}

[Collection(SharedPgBouncer.Name), Trait("Requires", "PostgreSQL")]
public sealed class PgBouncerRefusalTests(PgBouncer pooler)
{
    [Fact]
    public async Task ErrorSaysWhatToSet_WhenTheStoreListensThroughAPooler()
    {
        using var schema = new TempSchema();
        await using PostgreSqlJobStore store = schema.CreateStore(configure: o => o.ConnectionString = pooler.ConnectionString);

        JobStoreException error = await Assert.ThrowsAsync<JobStoreException>(async () => await store.OpenAsync(default));

        Assert.Contains("PostgreSqlJobsOptions.Listen", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorSaysWhatThePoolerSaid_WhenItHasAnotherReason()
    {
        using var schema = new TempSchema();
        await using PostgreSqlJobStore store = schema.CreateStore(configure: o =>
            (o.ConnectionString, o.Listen) = (pooler.ConnectionString.Replace("Database=jobs", "Database=nowhere", StringComparison.Ordinal), false));

        JobStoreException error = await Assert.ThrowsAsync<JobStoreException>(async () => await store.OpenAsync(default));

        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Listen", error.Message, StringComparison.Ordinal);
    }
}

internal static class PooledSchema
{
    public static PostgreSqlJobStore CreateStore(this TempSchema schema, PgBouncer pooler, TimeProvider time)
        => schema.CreateStore(time, o => Through(schema, pooler, o, time));

    public static void Through(this TempSchema schema, PgBouncer pooler, PostgreSqlJobsOptions options, TimeProvider time)
        => (options.ConnectionString, options.Schema, options.TimeProvider, options.Listen) = (pooler.ConnectionString, schema.Name, time, false);
}
