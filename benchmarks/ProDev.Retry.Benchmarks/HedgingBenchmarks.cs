using BenchmarkDotNet.Attributes;
using Polly;
using Polly.Hedging;

namespace ProDev.Retry.Benchmarks;

/// <summary>What does hedging cost when the first copy answers at once, so that no other is needed?</summary>
public class HedgingBenchmarks
{
    private const int Calls = 256;
    private const string City = "Zürich";

    private readonly Weather _weather = new();
    private readonly HedgingPolicy _policy = HedgingPolicy.Create();
    private readonly CancellationTokenSource _caller = new();

    // The same settings: one more copy after a second, or at once after a failure.
    private readonly ResiliencePipeline<string> _polly = new ResiliencePipelineBuilder<string>()
        .AddHedging(new HedgingStrategyOptions<string> { MaxHedgedAttempts = 1, Delay = TimeSpan.FromSeconds(1) })
        .Build();

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public int StateDelegate()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(_policy.ExecuteAsync(
                (_weather, day), static (state, token) => state._weather.ReadAsync(City, state.day, token))).Length;
        return sum;
    }

    /// <summary>With a token of the caller's, which the copy's own has to follow.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public int StateDelegateWithToken()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(_policy.ExecuteAsync(
                (_weather, day), static (state, token) => state._weather.ReadAsync(City, state.day, token), _caller.Token)).Length;
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

    [Benchmark(OperationsPerInvoke = Calls)]
    public int PollyExecuteAsyncWithToken()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(_polly.ExecuteAsync(
                static (state, token) => state._weather.ReadAsync(City, state.day, token), (_weather, day), _caller.Token)).Length;
        return sum;
    }
}
