using Polly;
using Polly.Retry;

namespace ProDev.Retry.Tests;

/// <summary>The same scripts, clocks and random numbers given to Polly.Core, where the semantics agree.</summary>
public sealed class PollyTests
{
    private const int Retryable = -1;

    public static TheoryData<RetryBackoff, RetryJitter> Forms => new()
    {
        { RetryBackoff.Constant, RetryJitter.None },
        { RetryBackoff.Linear, RetryJitter.None },
        { RetryBackoff.Exponential, RetryJitter.None },
        { RetryBackoff.Exponential, RetryJitter.DecorrelatedV2 },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task AttemptsDelaysAndOutcomesAreThoseOfPolly_ForRandomScripts(RetryBackoff backoff, RetryJitter jitter)
    {
        var random = new Random(20261126);
        for (var round = 0; round < 300; round++)
        {
            var steps = Enumerable.Range(0, 12).Select(_ => random.Next(10)).ToArray();
            var draws = Enumerable.Range(0, 12).Select(_ => random.NextDouble()).ToArray();
            var (retries, seconds, max) = (random.Next(1, 11), random.NextDouble() * 3, 5 + (random.NextDouble() * 200));

            var ours = await OursAsync(backoff, jitter, retries, seconds, max, steps, draws);
            var theirs = await TheirsAsync(backoff, jitter, retries, seconds, max, steps, draws);

            Assert.Equal(theirs.Outcome, ours.Outcome);
            Assert.Equal(theirs.Attempts, ours.Attempts);
            Assert.Equal(theirs.Delays.Count, ours.Delays.Count);
            // One tick, because a product of floating-point numbers depends on their order.
            Assert.All(theirs.Delays.Zip(ours.Delays), d => Assert.InRange((d.First - d.Second).Ticks, -1, 1));
        }
    }

    private static Task<Seen> OursAsync(
        RetryBackoff backoff, RetryJitter jitter, int retries, double seconds, double max, int[] steps, double[] draws)
    {
        var drawn = 0;
        var delays = new List<TimeSpan>();
        var policy = RetryPolicy.Create(o =>
        {
            o.MaxAttempts = retries + 1;
            o.Backoff = backoff;
            o.Jitter = jitter;
            o.BaseDelay = TimeSpan.FromSeconds(seconds);
            o.MaxDelay = TimeSpan.FromSeconds(max);
            o.Randomizer = () => draws[drawn++];
            o.TimeProvider = new InstantTimeProvider();
            o.ShouldRetry = static f => f.Exception is IOException;
            o.RetryResult<int>(static r => r == Retryable);
            o.OnRetry = r => delays.Add(r.Delay);
        });
        return PlayAsync(steps, delays, (play, token) => policy.ExecuteAsync(play, token));
    }

    private static Task<Seen> TheirsAsync(
        RetryBackoff backoff, RetryJitter jitter, int retries, double seconds, double max, int[] steps, double[] draws)
    {
        var drawn = 0;
        var delays = new List<TimeSpan>();
        var pipeline = new ResiliencePipelineBuilder<int> { TimeProvider = new InstantTimeProvider() }
            .AddRetry(new RetryStrategyOptions<int>
            {
                MaxRetryAttempts = retries,
                BackoffType = Enum.Parse<DelayBackoffType>(backoff.ToString()),
                UseJitter = jitter == RetryJitter.DecorrelatedV2,
                Delay = TimeSpan.FromSeconds(seconds),
                MaxDelay = TimeSpan.FromSeconds(max),
                Randomizer = () => draws[drawn++],
                ShouldHandle = new PredicateBuilder<int>().Handle<IOException>().HandleResult(Retryable),
                OnRetry = r =>
                {
                    delays.Add(r.RetryDelay);
                    return default;
                },
            })
            .Build();
        return PlayAsync(steps, delays, (play, token) => pipeline.ExecuteAsync(play, token));
    }

    private static async Task<Seen> PlayAsync(
        int[] steps, List<TimeSpan> delays, Func<Func<CancellationToken, ValueTask<int>>, CancellationToken, ValueTask<int>> execute)
    {
        using var caller = new CancellationTokenSource();
        var attempts = 0;

        async ValueTask<int> Play(CancellationToken token)
        {
            var step = steps[attempts++];
            if (step % 2 == 0)
                await Task.Yield();
            switch (step)
            {
                case 0:
                    return 7;
                case 1:
                    throw new NotSupportedException();
                case 2:
                    await caller.CancelAsync();
                    throw new OperationCanceledException(token);
                case < 6:
                    return Retryable;
                default:
                    throw new IOException(attempts.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        string outcome;
        try
        {
            outcome = $"result {await execute(Play, caller.Token)}";
        }
        catch (OperationCanceledException cancelled)
        {
            outcome = $"cancelled by the caller: {cancelled.CancellationToken == caller.Token}";
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException)
        {
            outcome = exception.GetType().Name + exception.Message;
        }

        return new Seen(attempts, delays, outcome);
    }

    private sealed record Seen(int Attempts, List<TimeSpan> Delays, string Outcome);
}
