using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ProDev.Jobs.Benchmarks;

/// <summary>What this program is when a suite starts it again: a worker in a process of its own, that says what it does on its output.</summary>
internal static class ChildProcess
{
    /// <summary>The first argument of a child. The others: provider, place, lease in milliseconds.</summary>
    public const string Verb = "worker";

    /// <summary>What it says when it takes jobs.</summary>
    public const string Ready = "ready";

    /// <summary>After how many jobs that are counted it says so.</summary>
    public const int CountedBy = 100;

    private static readonly Lock OneAtATime = new();
    private static int _counted;

    public static async Task<int> RunAsync(string provider, string place, string lease)
    {
        using var host = new HostBuilder()
            .ConfigureServices(services =>
            {
                var jobs = services.AddProDevJobs();
                SharedPlace.Use(jobs, provider, place);
                jobs.AddJobsFromThisAssembly().AddWorker(options =>
                {
                    options.Queues = [SharedPlace.Queue];
                    options.Concurrency = 20;
                    options.Lease = TimeSpan.FromMilliseconds(int.Parse(lease, CultureInfo.InvariantCulture));
                });
            })
            .Build();
        await host.StartAsync();
        Say(Ready);

        // Until the suite lets go of it, or is gone itself.
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        await host.StopAsync();
        Say(string.Create(CultureInfo.InvariantCulture, $"total {Volatile.Read(ref _counted)}"));
        return 0;
    }

    public static void Say(string line)
    {
        lock (OneAtATime)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }

    public static void Count()
    {
        if (Interlocked.Increment(ref _counted) % CountedBy == 0)
            Say("counted");
    }
}
