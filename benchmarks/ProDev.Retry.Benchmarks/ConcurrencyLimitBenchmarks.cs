using System.Threading.RateLimiting;
using BenchmarkDotNet.Attributes;
using Polly;

namespace ProDev.Retry.Benchmarks;

/// <summary>What does a limit on concurrent calls cost while there is room?</summary>
public class ConcurrencyLimitBenchmarks
{
    private const int Calls = 256;
    private const int Places = 16;
    private const string City = "Zürich";

    private readonly Weather _weather = new();
    private readonly ConcurrencyLimit _limit = ConcurrencyLimit.Create(Places, maxQueued: Places);
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions { PermitLimit = Places, QueueLimit = Places });
    private readonly ResiliencePipeline<string> _polly = new ResiliencePipelineBuilder<string>().AddConcurrencyLimiter(Places, Places).Build();

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public int StateDelegate()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(_limit.ExecuteAsync(
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

    /// <summary>A permit, taken and given back.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public int Permit()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
        {
            using var permit = Completed.Result(_limit.EnterAsync());
            sum += City.Length;
        }

        return sum;
    }

    /// <summary>The limiter of the framework, which Polly's strategy uses: a lease, taken and given back.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public int RateLimitingLease()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
        {
            using var lease = Completed.Result(_limiter.AcquireAsync());
            sum += City.Length;
        }

        return sum;
    }
}
