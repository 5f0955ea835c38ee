using CsCheck;

namespace ProDev.Retry.Tests;

public sealed class BackoffPropertyTests
{
    private static readonly Gen<double> Randomness = Gen.OneOf(
        Gen.Double[0, 1], Any<double>(0, 1, -1, 2, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue));

    private static readonly Gen<int> Attempts = Gen.OneOf(Gen.Int[1, 100], Any(1023, 1024, 1025, int.MaxValue));

    // Also beyond what the validator allows: the calculator must not rely on it.
    private static readonly Gen<long> BaseTicks = Gen.OneOf(
        Gen.Long[0, TimeSpan.TicksPerMinute], Any<long>(0, 1, TimeSpan.MaxValue.Ticks - 1, TimeSpan.MaxValue.Ticks));

    [Fact]
    public void DelayIsFromZeroToTheLongest_ForEveryBackoffJitterAndAttempt() =>
        Gen.Select(
                Gen.Enum<RetryBackoff>(),
                Gen.Enum<RetryJitter>(),
                BaseTicks,
                Gen.Long[0, RetryConstants.LongestDelay.Ticks],
                Gen.OneOf(Gen.Double[1, 10], Any<double>(1, 2, double.MaxValue)),
                Attempts.Array[1, 8],
                Randomness.Array[1, 8])
            .Sample(t =>
            {
                var (backoff, jitter, baseTicks, maxTicks, factor, attempts, random) = t;
                var drawn = 0;
                var calculator = new BackoffCalculator(new RetryOptions
                {
                    Backoff = backoff,
                    Jitter = jitter,
                    BaseDelay = TimeSpan.FromTicks(baseTicks),
                    MaxDelay = TimeSpan.FromTicks(maxTicks),
                    BackoffFactor = factor,
                    Randomizer = () => random[drawn++ % random.Length],
                });
                var (memory, previous) = (0.0, TimeSpan.Zero);
                foreach (var attempt in attempts)
                {
                    previous = calculator.After(new BackoffArguments(attempt, previous, exception: null), ref memory);
                    Assert.InRange(previous, TimeSpan.Zero, TimeSpan.FromTicks(maxTicks));
                }
            }, iter: 20_000);

    [Fact]
    public void NeverMoreAttemptsThanAllowed_AndNoneStartsAfterTheDeadline() =>
        Gen.Select(
                Gen.Int[1, 12],
                Gen.Enum<RetryJitter>(),
                Gen.Long[1, 5 * TimeSpan.TicksPerSecond],
                Gen.Long[1, 60 * TimeSpan.TicksPerSecond],
                Gen.Long[0, 3 * TimeSpan.TicksPerSecond].Array[12],
                Gen.Int[0, 3].Array[12],
                Gen.Bool)
            .Sample(t =>
            {
                var (maxAttempts, jitter, baseTicks, deadlineTicks, durations, kinds, sync) = t;
                var time = new InstantTimeProvider();
                var starts = new List<long>();
                var policy = RetryPolicy.Create(o =>
                {
                    o.MaxAttempts = maxAttempts;
                    o.Jitter = jitter;
                    o.BaseDelay = TimeSpan.FromTicks(baseTicks);
                    o.Deadline = TimeSpan.FromTicks(deadlineTicks);
                    o.TimeProvider = time;
                    o.ShouldRetry = f => kinds[f.Attempt - 1] == 0 ? RetryDecision.RetryAfter(TimeSpan.FromTicks(durations[^f.Attempt])) : true;
                    o.RetryResult<int>(static r => r < 0);
                });

                int Attempt(CancellationToken token)
                {
                    starts.Add(time.GetTimestamp());
                    var number = starts.Count - 1;
                    time.Advance(TimeSpan.FromTicks(durations[number]));
                    return kinds[number] < 2 ? throw new IOException() : -1;
                }

                try
                {
                    _ = sync ? policy.Execute(Attempt) : policy.ExecuteAsync(c => ValueTask.FromResult(Attempt(c))).AsTask().GetAwaiter().GetResult();
                }
                catch (IOException)
                {
                }

                Assert.InRange(starts.Count, 1, maxAttempts);
                Assert.All(starts, s => Assert.InRange(s, 0, deadlineTicks));
            }, iter: 2_000);

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
