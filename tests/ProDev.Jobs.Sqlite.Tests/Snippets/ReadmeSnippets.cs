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
}
