using System.Diagnostics;

namespace ProDev.Jobs.Benchmarks;

/// <summary>How long does it take until a job is started in another process whose worker has nothing to do? From the call that enqueues it.</summary>
internal sealed class WakeSuite(string provider) : ProcessSuite($"{provider}Wake", provider, rounds: 7)
{
    private const int Jobs = 150;
    private const int WarmUp = 20;

    protected override async Task<IReadOnlyDictionary<string, double>> RunAsync(SharedPlace place)
    {
        await using var worker = await place.StartAsync();
        var times = new List<double>();
        for (var i = 0; i < WarmUp + Jobs; i++)
        {
            var called = Stopwatch.GetTimestamp();
            await place.Client.EnqueueAsync(new Stamp(i));
            var (_, started) = await worker.ReadStampAsync();
            if (i >= WarmUp)
                times.Add(Stopwatch.GetElapsedTime(called, started).TotalNanoseconds);

            // So that the worker has written its outcome and waits again.
            await Task.Delay(10 + (i % 7));
        }

        return new Dictionary<string, double> { ["P50"] = Percentile(times, 0.5), ["P99"] = Percentile(times, 0.99) };
    }
}
