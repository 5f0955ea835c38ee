using System.Diagnostics;

namespace ProDev.Jobs.Benchmarks;

/// <summary>
/// Do two busy workers of two processes get the same share of one store, and can a third process enqueue a job now and then without waiting for them?
/// </summary>
internal sealed class TwoWorkersSuite(string provider) : ProcessSuite($"{provider}TwoWorkers", provider, rounds: 7)
{
    private const int Jobs = 30_000;
    private const string Unserved = "light";

    protected override async Task<IReadOnlyDictionary<string, double>> RunAsync(SharedPlace place)
    {
        await place.Client.PauseAsync(SharedPlace.Queue);
        await place.Client.EnqueueManyAsync(Enumerable.Repeat(new Tally(), Jobs));
        await using var first = await place.StartAsync();
        await using var second = await place.StartAsync();

        var started = Stopwatch.GetTimestamp();
        await place.Client.ResumeAsync(SharedPlace.Queue);
        var light = await EnqueueUntilDoneAsync(place, started);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalNanoseconds;
        int[] shares = [await first.StopAsync(), await second.StopAsync()];
        return shares.Sum() == Jobs
            ? new Dictionary<string, double>
            {
                ["Both"] = elapsed / Jobs,
                ["Slower"] = elapsed / Math.Max(1, shares.Min()),
                ["LightCallerP50"] = Percentile(light, 0.5),
                ["LightCallerP99"] = Percentile(light, 0.99),
            }
            : throw new InvalidOperationException($"{shares.Sum()} jobs were counted, but {Jobs} were enqueued.");
    }

    private static async Task<List<double>> EnqueueUntilDoneAsync(SharedPlace place, long started)
    {
        var times = new List<double>();
        for (var i = 0; ; i++)
        {
            var called = Stopwatch.GetTimestamp();
            await place.Client.EnqueueAsync(new Tally(), static o => o.Queue = Unserved);
            times.Add(Stopwatch.GetElapsedTime(called).TotalNanoseconds);
            await Task.Delay(5);

            // Counting reads the whole index, so it is not asked for often.
            if (i % 50 == 49 && (await place.Client.CountAsync()).Pending == times.Count)
                return times;
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromMinutes(2))
                throw new InvalidOperationException($"{Jobs} jobs were not done in two minutes.");
        }
    }
}
