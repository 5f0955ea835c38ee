using BenchmarkDotNet.Attributes;
using Polly;

namespace ProDev.Retry.Benchmarks;

/// <summary>What does a closed circuit breaker cost on one thread, when the operation completes at once?</summary>
public class BreakerBenchmarks
{
    private const int Calls = 256;
    private const string City = "Zürich";

    private readonly Weather _weather = new();
    private readonly CircuitBreaker _breaker = Breakers.ProDev();
    private readonly CircuitBreaker _inARow = Breakers.ProDevInARow();
    private readonly ResiliencePipeline<string> _polly = Breakers.Polly();

    /// <summary>The floor: no breaker at all.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public int DirectCall()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(_weather.ReadAsync(City, day)).Length;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public int StateDelegate() => Run(_breaker);

    [Benchmark(OperationsPerInvoke = Calls)]
    public int FailuresInARow() => Run(_inARow);

    [Benchmark(OperationsPerInvoke = Calls)]
    public int Permit()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
        {
            var permit = _breaker.Enter();
            sum += Completed.Result(_weather.ReadAsync(City, day)).Length;
            permit.Succeeded();
        }

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

    private int Run(CircuitBreaker breaker)
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(breaker.ExecuteAsync(
                (_weather, day), static (state, token) => state._weather.ReadAsync(City, state.day, token))).Length;
        return sum;
    }
}
