using System.Diagnostics;

namespace ProDev.Jobs.Benchmarks;

/// <summary>How long does it take until every job of a worker that is killed runs again in another process? Leases hold for three seconds.</summary>
internal sealed class RecoverySuite(string provider) : ProcessSuite($"{provider}Recovery", provider, rounds: 5)
{
    private const int Jobs = 20;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    protected override async Task<IReadOnlyDictionary<string, double>> RunAsync(SharedPlace place)
    {
        await using var victim = await place.StartAsync(Lease);
        await place.Client.EnqueueManyAsync(Enumerable.Range(0, Jobs).Select(static i => new Forever(i)));
        await StampsAsync(victim);
        await using var survivor = await place.StartAsync(Lease);

        var killed = Stopwatch.GetTimestamp();
        victim.Kill();
        return new Dictionary<string, double> { ["AllJobs"] = Stopwatch.GetElapsedTime(killed, await StampsAsync(survivor)).TotalNanoseconds };
    }

    /// <summary>Waits until each job was started; returns when the last one was.</summary>
    private static async Task<long> StampsAsync(Child worker)
    {
        var numbers = new HashSet<int>();
        long last = 0;
        while (numbers.Count < Jobs)
        {
            (int number, last) = await worker.ReadStampAsync();
            numbers.Add(number);
        }

        return last;
    }
}
