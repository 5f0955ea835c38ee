using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using ProDev.Jobs.PostgreSql.Tests;

namespace ProDev.Jobs.PostgreSql.Snippets;

[Trait("Requires", "PostgreSQL")]
public sealed class ReadmeSnippets : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private readonly TempSchema _schema = new();

    public void Dispose() => _schema.Dispose();

    [Fact]
    public async Task JobRunsAsTheReadmeSays()
    {
        var greetings = new GreetJob.Greetings();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton(greetings);
        string connectionString = TestPostgres.ConnectionString;

        #region snippet: jobs-postgresql-register
        builder.Services.AddProDevJobs()
            .UsePostgreSql(connectionString)
            .AddJobsFromThisAssembly()
            .AddWorker();
        #endregion

        builder.Services.Configure<PostgreSqlJobsOptions>(o => o.Schema = _schema.Name);
        using IHost host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<IJobClient>().EnqueueAsync(new GreetJob.Args("Ada"));

        Assert.Equal("Hello, Ada!", await greetings.Said.Task.WaitAsync(Hang));
        await host.StopAsync();
    }

    [Fact]
    public async Task JobFollowsTheTransactionAsTheReadmeSays()
    {
        var services = new ServiceCollection();
        services.AddSingleton(new GreetJob.Greetings());
        services.AddProDevJobs().UsePostgreSql(TestPostgres.ConnectionString).AddJobsFromThisAssembly();
        services.Configure<PostgreSqlJobsOptions>(o => o.Schema = _schema.Name);
        await using ServiceProvider provider = services.BuildServiceProvider();
        IJobClient jobs = provider.GetRequiredService<IJobClient>();
        await using NpgsqlConnection connection = TempSchema.Open();

        #region snippet: jobs-postgresql-transaction
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await InsertOrderAsync(connection);
        await jobs.EnqueueAsync(new GreetJob.Args("Ada"), transaction);
        await transaction.CommitAsync();   // the row and its job, or neither
        #endregion

        Assert.Equal(1, (await jobs.CountAsync()).Queued);
    }

    private static async Task InsertOrderAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT 1", connection);
        await command.ExecuteNonQueryAsync();
    }
}
