using Polly;
using Polly.CircuitBreaker;

namespace ProDev.Retry.Benchmarks;

/// <summary>The same breaker for each peer: half of at least twenty calls within thirty seconds, no listeners.</summary>
internal static class Breakers
{
    public static CircuitBreaker ProDev() => CircuitBreaker.Create(o =>
    {
        o.FailureRatio = 0.5;
        o.MinimumThroughput = 20;
        o.SamplingDuration = TimeSpan.FromSeconds(30);
    });

    public static CircuitBreaker ProDevInARow() => CircuitBreaker.Create(o =>
    {
        o.FailureRatio = null;
        o.ConsecutiveFailures = 5;
    });

    public static ResiliencePipeline<string> Polly() =>
        new ResiliencePipelineBuilder<string>()
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<string>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(30),
            })
            .Build();
}
