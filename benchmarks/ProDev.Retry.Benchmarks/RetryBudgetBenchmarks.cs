using BenchmarkDotNet.Attributes;
using Polly;

namespace ProDev.Retry.Benchmarks;

/// <summary>What does a budget add to a call that succeeds? Polly has none and is measured without.</summary>
public class RetryBudgetBenchmarks
{
    private const int Calls = 256;
    private const string City = "Zürich";

    private readonly Weather _weather = new();
    private readonly RetryPolicy _none = Policies.ProDev();
    private readonly RetryPolicy _tokenRatio = Policies.ProDev(RetryBudget.TokenRatio());
    private readonly RetryPolicy _percent = Policies.ProDev(RetryBudget.Percent());
    private readonly RetryPolicy _quota = Policies.ProDev(RetryBudget.Quota());
    private readonly ResiliencePipeline<string> _polly = Policies.PollyOfString();

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public int WithoutBudget() => Run(_none);

    [Benchmark(OperationsPerInvoke = Calls)]
    public int TokenRatio() => Run(_tokenRatio);

    [Benchmark(OperationsPerInvoke = Calls)]
    public int Percent() => Run(_percent);

    [Benchmark(OperationsPerInvoke = Calls)]
    public int Quota() => Run(_quota);

    [Benchmark(OperationsPerInvoke = Calls)]
    public int PollyWithoutBudget()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(_polly.ExecuteAsync(
                static (state, token) => state._weather.ReadAsync(City, state.day, token), (_weather, day))).Length;
        return sum;
    }

    private int Run(RetryPolicy policy)
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(policy.ExecuteAsync(
                (_weather, day), static (state, token) => state._weather.ReadAsync(City, state.day, token))).Length;
        return sum;
    }
}
