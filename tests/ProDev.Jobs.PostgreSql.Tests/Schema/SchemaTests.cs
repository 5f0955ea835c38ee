using Npgsql;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

[Trait("Requires", "PostgreSQL")]
public sealed class SchemaTests : IDisposable
{
    private readonly TempSchema _schema = new();

    public void Dispose() => _schema.Dispose();

    [Fact]
    public async Task SchemaIsCreatedOnce_WhenEightStoresOpenAtOnce()
    {
        PostgreSqlJobStore[] stores = [.. Enumerable.Range(0, 8).Select(_ => _schema.CreateStore())];

        await Task.WhenAll(stores.Select(s => Task.Run(() => s.OpenAsync(default).AsTask())));

        Assert.Equal((long)Migration.All.Count, _schema.Scalar($"SELECT count(*) FROM {_schema.Name}.migration"));
        foreach (PostgreSqlJobStore store in stores)
        {
            await store.AddAsync(TestJobs.New());
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task OpeningFails_WhenTheSchemaIsNewer()
    {
        await CreateAsync();
        _schema.Execute($"INSERT INTO {_schema.Name}.migration (version) VALUES (99)");

        JobStoreException error = await OpeningErrorAsync();

        Assert.Contains(
            $"The schema '{_schema.Name}' of the job database '{DatabaseName()}' has the version '99', written by a later ProDev.Jobs.PostgreSql. " +
            $"This one knows versions up to {Migration.Latest}.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpeningFailsAndNamesTheWayOut_WhenThereIsNoSchemaAndNoRightToCreateIt()
    {
        JobStoreException error = await OpeningErrorAsync(o => o.Migrate = false);

        Assert.Equal(
            $"The schema '{_schema.Name}' of the job database '{DatabaseName()}' has no tables of ProDev.Jobs.PostgreSql. Missing: 0001_initial.sql, 0002_canvas.sql, 0003_schedules_and_notes.sql, 0004_unique_keys.sql, 0005_limits.sql. Run the " +
            $"script that PostgreSqlJobsSchema.CreateScript(\"{_schema.Name}\") returns, as a role that may create tables, or set " +
            "PostgreSqlJobsOptions.Migrate to true.", error.Message);
        Assert.Null(_schema.Scalar($"SELECT 1 FROM pg_namespace WHERE nspname = '{_schema.Name}'"));
    }

    [Fact]
    public async Task OlderSchemaIsBroughtUpToDate_WhenItHasNoStepYet()
    {
        _schema.Execute($"CREATE SCHEMA {_schema.Name}; CREATE TABLE {_schema.Name}.migration (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())");

        await CreateAsync();

        Assert.Equal(Migration.Latest, _schema.Scalar($"SELECT max(version) FROM {_schema.Name}.migration"));
    }

    [Fact]
    public async Task JobsOfAnOlderSchemaAreKept_WhenItIsBroughtUpToDate()
    {
        _schema.Execute($"CREATE SCHEMA {_schema.Name}; {Migration.CreateTable(_schema.Name)}; {Migration.All[0].Sql(_schema.Name)}");
        var id = Guid.CreateVersion7();
        _schema.Execute(
            $$$"""
            INSERT INTO {{{_schema.Name}}}.job (id, seq) VALUES ('{{{id}}}', 1);
            INSERT INTO {{{_schema.Name}}}.ready (seq, id, name, queue, rank, run_at, attempt, max_attempts, token, payload, extra, enqueued_at)
            VALUES (1, '{{{id}}}', 'old', 'default', 9, now() - interval '1 hour', 0, 5, 0, '{}', '{"v":3,"headers":{"tenant":"a"}}', now());
            """);

        await using PostgreSqlJobStore store = _schema.CreateStore();
        LeasedJob job = await store.TakeOneAsync();

        Assert.Equal((id, "old", 3, "a"), (job.Lease.JobId, job.Envelope.Name, job.Envelope.Version, job.Envelope.Headers["tenant"]));
        Assert.Equal([true], await store.CompleteAsync([job.Lease], default));
    }

    [Fact]
    public async Task StoreWorksWithoutMigrating_WhenTheScriptWasRunTwice()
    {
        string script = PostgreSqlJobsSchema.CreateScript(_schema.Name);
        _schema.Execute(script);
        _schema.Execute(script);
        await using PostgreSqlJobStore store = _schema.CreateStore(configure: o => o.Migrate = false);

        await store.AddAsync(TestJobs.New());

        await store.TakeOneAsync();
    }

    [Fact]
    public async Task NothingIsLeftBehind_WhenAMigrationFails()
    {
        // A table of somebody else stands in the way of the last statements.
        _schema.Execute($"CREATE SCHEMA {_schema.Name}; CREATE TABLE {_schema.Name}.history (x int)");

        JobStoreException error = await OpeningErrorAsync();

        Assert.Contains("42P07", error.Message, StringComparison.Ordinal);
        Assert.Equal(1L, _schema.Scalar($"SELECT count(*) FROM pg_tables WHERE schemaname = '{_schema.Name}'"));
        _schema.Execute($"DROP TABLE {_schema.Name}.history");
        await CreateAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Jobs")]
    [InlineData("1jobs")]
    [InlineData("jobs-a")]
    [InlineData("jobs\"; drop")]
    [InlineData("pg_jobs")]
    [InlineData("a23456789a123456789a123456789a123456789a123456789")]
    public void ScriptIsRefused_WhenTheNameIsMalformed(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => PostgreSqlJobsSchema.CreateScript(name));

        Assert.StartsWith($"'{name}' cannot be the name of the schema.", error.Message, StringComparison.Ordinal);
    }

    private static string DatabaseName()
    {
        var settings = new NpgsqlConnectionStringBuilder(TestPostgres.ConnectionString);
        return $"{settings.Host}:{settings.Port}/{settings.Database}";
    }

    private async Task CreateAsync()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        await store.OpenAsync(default);
    }

    private async Task<JobStoreException> OpeningErrorAsync(Action<PostgreSqlJobsOptions>? configure = null)
    {
        await using PostgreSqlJobStore store = _schema.CreateStore(configure: configure);
        return await Assert.ThrowsAsync<JobStoreException>(() => store.OpenAsync(default).AsTask());
    }
}
