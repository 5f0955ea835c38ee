using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace ProDev.Retry.Benchmarks;

/// <summary>The same policy for each peer: three attempts, exponential backoff from 200 ms, jitter, no listeners.</summary>
internal static class Policies
{
    private static readonly TimeSpan BaseDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(5);

    public static RetryPolicy ProDev(RetryBudget? budget = null) => RetryPolicy.Create(o =>
    {
        o.MaxAttempts = 3;
        o.BaseDelay = BaseDelay;
        o.Budget = budget;
    });

    /// <summary>The result that counts as a failure.</summary>
    public const string BadAnswer = "unavailable";

    public static RetryPolicy ProDevWithoutDelay() => RetryPolicy.Create(o =>
    {
        o.MaxAttempts = 3;
        o.BaseDelay = TimeSpan.Zero;
        o.RetryResult<string>(static answer => answer == BadAnswer);
    });

    public static ResiliencePipeline<string> PollyWithoutDelay() =>
        new ResiliencePipelineBuilder<string>()
            .AddRetry(new RetryStrategyOptions<string>
            {
                MaxRetryAttempts = 2,
                Delay = TimeSpan.Zero,
                ShouldHandle = static arguments => new ValueTask<bool>(
                    arguments.Outcome.Exception is IOException || arguments.Outcome.Result == BadAnswer),
            })
            .Build();

    /// <summary>Three attempts, each through a circuit breaker and with a timeout.</summary>
    public static RetryPolicy ProDevPipeline() => RetryPolicy.Create(o =>
    {
        o.MaxAttempts = 3;
        o.BaseDelay = BaseDelay;
        o.AttemptTimeout = AttemptTimeout;
        o.CircuitBreaker = CircuitBreaker.Create();
    });

    public static ResiliencePipeline<string> PollyPipeline() =>
        new ResiliencePipelineBuilder<string>()
            .AddRetry(new RetryStrategyOptions<string>
            {
                MaxRetryAttempts = 2,
                Delay = BaseDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<string>())
            .AddTimeout(AttemptTimeout)
            .Build();

    public static ResiliencePipeline<string> PollyOfString() =>
        new ResiliencePipelineBuilder<string>()
            .AddRetry(new RetryStrategyOptions<string>
            {
                MaxRetryAttempts = 2,
                Delay = BaseDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();

    public static ResiliencePipeline Polly() =>
        new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = 2,
                Delay = BaseDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();
}
