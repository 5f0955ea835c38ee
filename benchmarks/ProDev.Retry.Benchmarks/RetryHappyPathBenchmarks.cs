using BenchmarkDotNet.Attributes;
using Polly;

namespace ProDev.Retry.Benchmarks;

/// <summary>What does a retry policy cost when nothing fails and the operation completes at once?</summary>
public class RetryHappyPathBenchmarks
{
    private const int Calls = 256;
    private const string City = "Zürich";

    private readonly Weather _weather = new();
    private readonly RetryPolicy _policy = Policies.ProDev();
    private readonly ResiliencePipeline<string> _polly = Policies.PollyOfString();
    private readonly ResilienceContext _context = ResilienceContextPool.Shared.Get();

    /// <summary>The floor: no policy at all.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public int DirectCall()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(_weather.ReadAsync(City, day)).Length;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public int StructOperation()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(_policy.ExecuteAsync<WeatherRead, string>(new WeatherRead(_weather, City, day))).Length;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public int StateDelegate()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(_policy.ExecuteAsync(
                (_weather, day), static (state, token) => state._weather.ReadAsync(City, state.day, token))).Length;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public int HandWrittenLoop()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(LoopAsync(_weather, day, CancellationToken.None)).Length;
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

    /// <summary>Polly's cheapest entry: outcomes instead of exceptions, and one context for all calls.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public int PollyExecuteOutcomeAsync()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(_polly.ExecuteOutcomeAsync(
                static (context, state) =>
                {
                    var read = state._weather.ReadAsync(City, state.day, context.CancellationToken);
                    return new ValueTask<Outcome<string>>(Outcome.FromResult(Completed.Result(read)));
                },
                _context,
                (_weather, day))).Result!.Length;
        return sum;
    }

    private static async ValueTask<string> LoopAsync(Weather weather, int day, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await weather.ReadAsync(City, day, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (attempt < 3 && e is not OperationCanceledException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
