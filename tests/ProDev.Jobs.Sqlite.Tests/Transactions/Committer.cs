using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.Sqlite.Tests;

/// <summary>A process that commits a job with a transaction of its own and is dead the moment after.</summary>
internal static class Committer
{
    public static async Task RunAsync(string path)
    {
        var services = new ServiceCollection();
        services.AddSingleton(new Ledger(path + ".unused"));
        services.AddProDevJobs().UseSqlite(path).AddJobsFromThisAssembly();
        IJobClient client = services.BuildServiceProvider().GetRequiredService<IJobClient>();
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        using SqliteTransaction transaction = connection.BeginTransaction();
        await client.EnqueueAsync(new LedgerJob.Args(1), transaction);
        transaction.Commit();
        Process.GetCurrentProcess().Kill();
    }
}
