using BenchmarkDotNet.Attributes;
using Polly;

namespace ProDev.Retry.Benchmarks;

/// <summary>What does a retry policy cost when nothing fails and the operation completes later, as real ones do?</summary>
public class RetryAsyncBenchmarks
{
    private const int Calls = 64;

    private readonly RetryPolicy _policy = Policies.ProDev();
    private readonly ResiliencePipeline<string> _polly = Policies.PollyOfString();

    /// <summary>The floor: what the operation itself costs.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public int Direct() => Of(DirectAsync());

    private static async Task<int> DirectAsync()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += (await ReadLaterAsync(day)).Length;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public int StateDelegate() => Of(StateDelegateAsync());

    private async Task<int> StateDelegateAsync()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += (await _policy.ExecuteAsync(day, static (state, _) => ReadLaterAsync(state))).Length;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public int PollyExecuteAsync() => Of(PollyExecuteAsyncAsync());

    private async Task<int> PollyExecuteAsyncAsync()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += (await _polly.ExecuteAsync(static (state, _) => ReadLaterAsync(state), day)).Length;
        return sum;
    }

    private static int Of(Task<int> calls) => calls.GetAwaiter().GetResult();

    private static async ValueTask<string> ReadLaterAsync(int day)
    {
        await Task.Yield();
        return day < 0 ? "past" : "sunny";
    }
}
