using BenchmarkDotNet.Attributes;
using Polly;

namespace ProDev.Retry.Benchmarks;

/// <summary>Does a policy for any result box a value type?</summary>
public class RetryValueResultBenchmarks
{
    private const int Calls = 256;

    private readonly Weather _weather = new();
    private readonly RetryPolicy _policy = Policies.ProDev();
    private readonly ResiliencePipeline _polly = Policies.Polly();

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public int StateDelegate()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(_policy.ExecuteAsync(
                (_weather, day), static (state, token) => state._weather.TemperatureAsync(state.day, token)));
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public int PollyExecuteAsync()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(_polly.ExecuteAsync(
                static (state, token) => state._weather.TemperatureAsync(state.day, token), (_weather, day)));
        return sum;
    }
}
