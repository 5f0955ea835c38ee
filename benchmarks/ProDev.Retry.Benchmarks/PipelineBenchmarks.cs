using BenchmarkDotNet.Attributes;
using Polly;

namespace ProDev.Retry.Benchmarks;

/// <summary>What do retries, a circuit breaker and a timeout of each attempt cost together, when nothing fails?</summary>
public class PipelineBenchmarks
{
    private const int Calls = 256;
    private const string City = "Zürich";

    private readonly Weather _weather = new();
    private readonly RetryPolicy _policy = Policies.ProDevPipeline();
    private readonly ResiliencePipeline<string> _polly = Policies.PollyPipeline();

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public int StateDelegate()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(_policy.ExecuteAsync(
                (_weather, day), static (state, token) => state._weather.ReadAsync(City, state.day, token))).Length;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public int PollyExecuteAsync()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(_polly.ExecuteAsync(
                static (state, token) => state._weather.ReadAsync(City, state.day, token), (_weather, day))).Length;
        return sum;
    }
}
