using Microsoft.Extensions.Time.Testing;
using Polly;
using Polly.CircuitBreaker;

namespace ProDev.Retry.Tests;

/// <summary>
/// Polly is the oracle where both mean the same: calls one after another, by ratio, with steps of time that are buckets of the window, because
/// Polly's buckets begin with a call and ours do not.
/// </summary>
public sealed class PollyDifferentialTests
{
    private const int Steps = 400;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void BothAdmitAndRejectTheSameCalls(int seed)
    {
        var random = new Random(seed);
        var time = new FakeTimeProvider();
        var bucket = TimeSpan.FromMilliseconds(random.Next(50, 500));
        var (ratio, minimum, pause) = (random.Next(1, 11) / 10.0, random.Next(2, 12), bucket * random.Next(10, 30));
        var ours = CircuitBreaker.Create(o =>
        {
            (o.FailureRatio, o.MinimumThroughput, o.SamplingDuration, o.BreakDuration) = (ratio, minimum, bucket * 10, pause);
            o.TimeProvider = time;
            o.CountResult<bool>(static isGood => !isGood);
        });
        var state = new CircuitBreakerStateProvider();
        var polly = new ResiliencePipelineBuilder<bool> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<bool>
            {
                FailureRatio = ratio,
                MinimumThroughput = minimum,
                SamplingDuration = bucket * 10,
                BreakDuration = pause,
                StateProvider = state,
                ShouldHandle = static args => ValueTask.FromResult(!args.Outcome.Result),
            })
            .Build();

        var failures = random.NextDouble();
        var opened = 0;
        for (var step = 0; step < Steps; step++)
        {
            if (random.Next(3) == 0)
                time.Advance(bucket * random.Next(1, 15));
            if (random.Next(40) == 0)
                failures = random.NextDouble();

            var isGood = random.NextDouble() >= failures;
            var (before, wasRejected) = (ours.State, !OursRuns(ours, isGood));
            var pollyRejected = !PollyRuns(polly, isGood);
            Assert.True(wasRejected == pollyRejected, $"Step {step}: rejected by us {wasRejected}, by Polly {pollyRejected}.");
            Assert.Equal(state.CircuitState.ToString(), ours.State.ToString());
            opened += before != CircuitState.Open && ours.State == CircuitState.Open ? 1 : 0;
        }

        // Else the schedule would prove little. A ratio of 1 may never be met.
        Assert.True(opened > 0 || ratio > 0.5, "The breaker never opened.");
    }

    private static bool OursRuns(CircuitBreaker breaker, bool isGood)
    {
        try
        {
            Assert.Equal(isGood, breaker.Execute(isGood, static (outcome, _) => outcome));
            return true;
        }
        catch (CircuitOpenException)
        {
            return false;
        }
    }

    private static bool PollyRuns(ResiliencePipeline<bool> pipeline, bool isGood)
    {
        try
        {
            pipeline.Execute(static outcome => outcome, isGood);
            return true;
        }
        catch (BrokenCircuitException)
        {
            return false;
        }
    }
}
