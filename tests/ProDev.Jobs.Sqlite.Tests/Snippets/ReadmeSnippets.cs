using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProDev.Jobs.Sqlite.Tests;

namespace ProDev.Jobs.Sqlite.Snippets;

public sealed class ReadmeSnippets : IDisposable
{
    private readonly TempDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task JobRunsAsTheReadmeSays()
    {
        var ledger = new Ledger(Path.Combine(_database.Directory, "ledger"));
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton(ledger);
        string path = _database.Path;

        #region snippet: jobs-sqlite-register
        builder.Services.AddProDevJobs()
            .UseSqlite(path)
            .AddJobsFromThisAssembly()
            .AddWorker();
        #endregion

        using (IHost host = builder.Build())
        {
            await host.StartAsync();
            IJobClient jobs = host.Services.GetRequiredService<IJobClient>();
            JobHandle handle = await jobs.EnqueueAsync(new LedgerJob.Args(1));
            while ((await jobs.FindAsync(handle.Id))!.State != JobState.Succeeded)
                await Task.Delay(1);
            await host.StopAsync();
        }

        Assert.Single(ledger.Read());
    }

    [Fact]
    public async Task JobFollowsTheTransactionAsTheReadmeSays()
    {
        var services = new ServiceCollection();
        services.AddSingleton(new Ledger(Path.Combine(_database.Directory, "unused")));
        services.AddProDevJobs().UseSqlite(_database.Path).AddJobsFromThisAssembly();
        await using ServiceProvider provider = services.BuildServiceProvider();
        IJobClient jobs = provider.GetRequiredService<IJobClient>();
        await jobs.CountAsync();
        await using var connection = new SqliteConnection($"Data Source={_database.Path};Pooling=False");
        connection.Open();

        #region snippet: jobs-sqlite-transaction
        using SqliteTransaction transaction = connection.BeginTransaction();
        InsertOrder(connection);
        await jobs.EnqueueAsync(new ChargeOrder.Args(OrderId: 7), transaction);
        transaction.Commit();   // the row and its job, or neither
        #endregion

        Assert.Equal(1, (await jobs.CountAsync()).Queued);
    }

    private static void InsertOrder(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE orders (id INTEGER PRIMARY KEY)";
        command.ExecuteNonQuery();
    }
}
