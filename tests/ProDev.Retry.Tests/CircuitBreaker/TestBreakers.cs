using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

internal static class TestBreakers
{
    public static readonly TimeSpan Break = TimeSpan.FromSeconds(5);

    /// <summary>A breaker that opens with the given number of failures in a row, for five seconds.</summary>
    public static CircuitBreaker AfterFailures(int failures, TimeProvider time, Action<CircuitBreakerOptions>? configure = null) =>
        CircuitBreaker.Create(o =>
        {
            o.Name = "shop";
            o.FailureRatio = null;
            o.ConsecutiveFailures = failures;
            o.BreakDuration = Break;
            o.TimeProvider = time;
            configure?.Invoke(o);
        });

    /// <summary>A breaker that opens when half of at least four calls within ten seconds failed, for five seconds.</summary>
    public static CircuitBreaker AfterHalfOfFour(TimeProvider time, Action<CircuitBreakerOptions>? configure = null) =>
        CircuitBreaker.Create(o =>
        {
            o.FailureRatio = 0.5;
            o.MinimumThroughput = 4;
            o.SamplingDuration = TimeSpan.FromSeconds(10);
            o.BreakDuration = Break;
            o.TimeProvider = time;
            configure?.Invoke(o);
        });

    /// <summary>A breaker of one failure whose break is over, so that the next call is a probe.</summary>
    public static CircuitBreaker ReadyToProbe(FakeTimeProvider time, Action<CircuitBreakerOptions>? configure = null)
    {
        var breaker = AfterFailures(1, time, configure);
        breaker.Fail();
        time.Advance(Break);
        return breaker;
    }

    public static void Succeed(this CircuitBreaker breaker, int times = 1)
    {
        for (var i = 0; i < times; i++)
            breaker.Enter().Succeeded();
    }

    public static void Fail(this CircuitBreaker breaker, int times = 1)
    {
        for (var i = 0; i < times; i++)
            breaker.Enter().Failed();
    }

    public static bool Rejects(this CircuitBreaker breaker)
    {
        var isAdmitted = breaker.TryEnter(out var permit);
        permit.Abandoned();
        return !isAdmitted;
    }
}
