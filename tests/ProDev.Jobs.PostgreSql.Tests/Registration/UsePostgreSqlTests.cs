using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

[Trait("Requires", "PostgreSQL")]
public sealed class UsePostgreSqlTests : IDisposable
{
    private readonly TempSchema _schema = new();

    public void Dispose() => _schema.Dispose();

    [Fact]
    public async Task JobsAreKept_WhenOnlyTheConnectionStringIsGiven()
    {
        var services = new ServiceCollection();
        services.AddProDevJobs().UsePostgreSql(TestPostgres.ConnectionString);
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.IsType<PostgreSqlJobStore>(provider.GetRequiredService<IJobStore>());
        Assert.Equal(("prodev_jobs", true, true, TimeSpan.FromSeconds(1), null), Defaults(provider));
    }

    [Fact]
    public async Task DataSourceOfTheApplicationIsUsedAndLeftOpen_WhenItIsRegistered()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(TestPostgres.ConnectionString);
        var services = new ServiceCollection();
        services.AddSingleton(source);
        services.AddProDevJobs().UsePostgreSql();
        services.Configure<PostgreSqlJobsOptions>(o => o.Schema = _schema.Name);
        await using (ServiceProvider provider = services.BuildServiceProvider())
            await provider.GetRequiredService<IJobStore>().AddAsync(TestJobs.New());

        await using NpgsqlConnection connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {_schema.Name}.ready", connection);
        Assert.Equal(1L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task DataSourceOfTheOptionsComesFirst_WhenBothAreThere()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(TestPostgres.ConnectionString);
        await using NpgsqlDataSource wrong = NpgsqlDataSource.Create("Host=nowhere.invalid");
        var services = new ServiceCollection();
        services.AddSingleton(wrong);
        services.AddProDevJobs().UsePostgreSql(o => (o.DataSource, o.Schema) = (source, _schema.Name));
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IJobStore>().AddAsync(TestJobs.New());
    }

    [Fact]
    public void StoreIsDisposed_WhenTheContainerIsDisposedSynchronously()
    {
        var services = new ServiceCollection();
        services.AddProDevJobs().UsePostgreSql(TestPostgres.ConnectionString);
        ServiceProvider provider = services.BuildServiceProvider();
        IJobStore store = provider.GetRequiredService<IJobStore>();

        provider.Dispose();

        Assert.Throws<ObjectDisposedException>(() => { _ = store.OpenAsync(default).AsTask().Exception is { InnerException: { } e } ? throw e : 0; });
    }

    [Fact]
    public void AllFaultsAreReported_WhenTheOptionsAreWrong()
    {
        OptionsValidationException error = Fault(o => (o.ConnectionString, o.Schema, o.PollInterval) = ("Host=db;Passwort=secret", "My Jobs", TimeSpan.Zero));

        Assert.Equal(
            [
                "PostgreSqlJobsOptions.ConnectionString cannot be used: it is malformed, or has a keyword that Npgsql does not know. " +
                "Set it to one such as 'Host=db;Database=app;Username=jobs'.",
                "PostgreSqlJobsOptions.Schema: 'My Jobs' cannot be the name of the schema. Allowed are lower-case letters, digits and underscores, not a digit " +
                "or 'pg_' first, at most 48 characters.",
                "PostgreSqlJobsOptions.PollInterval is '00:00:00'. Set it to more than zero, at most 1 hour.",
            ],
            error.Failures);
    }

    [Theory]
    [InlineData("", "it is empty.")]
    [InlineData("Database=app", "it names no host.")]
    public void ConnectionStringIsRefused_WhenItNamesNoServer(string connectionString, string why)
        => Assert.Contains(why, Assert.Single(Fault(o => o.ConnectionString = connectionString).Failures), StringComparison.Ordinal);

    [Fact]
    public void WayOutIsNamed_WhenNoDatabaseIsNamedAnywhere()
        => Assert.Equal(
            "PostgreSqlJobsOptions names no database. Set ConnectionString or DataSource, or register an NpgsqlDataSource in the service collection.",
            Assert.Single(Fault(_ => { }).Failures));

    [Fact]
    public void StatementsArePreparedAndPlannedEachTime_UnlessSessionsAreNotKept()
    {
        using var sessions = new NpgsqlConnectionHolder(new PostgreSqlJobsOptions { ConnectionString = "Host=db" });
        using var pooled = new NpgsqlConnectionHolder(new PostgreSqlJobsOptions { ConnectionString = "Host=db", Listen = false });
        using var chosen = new NpgsqlConnectionHolder(new PostgreSqlJobsOptions { ConnectionString = "Host=db;Max Auto Prepare=7" });

        Assert.Equal((80, PostgreSqlDataSource.PlannedOnce), (sessions.Settings.MaxAutoPrepare, sessions.Settings.Options));
        Assert.Equal((0, null, true), (pooled.Settings.MaxAutoPrepare, pooled.Settings.Options, pooled.Settings.NoResetOnClose));
        Assert.Equal((7, null), (chosen.Settings.MaxAutoPrepare, chosen.Settings.Options));
    }

    private static (string, bool, bool, TimeSpan, TimeProvider?) Defaults(ServiceProvider provider)
    {
        PostgreSqlJobsOptions options = provider.GetRequiredService<IOptions<PostgreSqlJobsOptions>>().Value;
        return (options.Schema, options.Migrate, options.Listen, options.PollInterval, options.TimeProvider);
    }

    private static OptionsValidationException Fault(Action<PostgreSqlJobsOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddProDevJobs().UsePostgreSql(configure);
        using ServiceProvider provider = services.BuildServiceProvider();
        return Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IJobStore>());
    }

    private sealed class NpgsqlConnectionHolder(PostgreSqlJobsOptions options) : IDisposable
    {
        private readonly NpgsqlDataSource _source = PostgreSqlDataSource.Create(options);

        public NpgsqlConnectionStringBuilder Settings => new(_source.ConnectionString);

        public void Dispose() => _source.Dispose();
    }
}
