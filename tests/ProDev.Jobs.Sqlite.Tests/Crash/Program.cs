using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ProDev.Jobs.Sqlite.Tests;

/// <summary>
/// The worker that the crash tests start as a process of its own, and kill. Arguments: database, ledger; or in place of the ledger
/// <c>--commit-and-die</c>, for a process that is no worker.
/// </summary>
public static class Program
{
    public static async Task Main(string[] args)
    {
        if (args[1] == "--commit-and-die")
        {
            await Committer.RunAsync(args[0]);
            return;
        }

        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton(new Ledger(args[1]));
        builder.Services.AddProDevJobs()
            .UseSqlite(args[0])
            .AddJobsFromThisAssembly()
            .AddWorker(o => (o.Concurrency, o.Prefetch, o.Lease, o.PollInterval) = (4, 4, TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100)));
        await builder.Build().RunAsync();
    }
}
