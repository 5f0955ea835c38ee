namespace ProDev.Retry.Tests;

/// <summary>Tables of exact delays, with injected randomness: base 100 ms, factor 2, at most 1 s.</summary>
public sealed class JitterTests
{
    public static TheoryData<RetryBackoff, RetryJitter, double, double[]> Delays => new()
    {
        { RetryBackoff.Constant, RetryJitter.None, 0.5, [100, 100, 100, 100, 100, 100] },
        { RetryBackoff.Linear, RetryJitter.None, 0.5, [100, 200, 300, 400, 500, 600] },
        { RetryBackoff.Exponential, RetryJitter.None, 0.5, [100, 200, 400, 800, 1000, 1000] },
        { RetryBackoff.Constant, RetryJitter.Full, 0.5, [50, 50, 50, 50, 50, 50] },
        { RetryBackoff.Linear, RetryJitter.Full, 0.5, [50, 100, 150, 200, 250, 300] },
        { RetryBackoff.Exponential, RetryJitter.Full, 0.5, [50, 100, 200, 400, 500, 500] },
        { RetryBackoff.Exponential, RetryJitter.Full, 0, [0, 0, 0, 0, 0, 0] },
        { RetryBackoff.Constant, RetryJitter.Equal, 0.5, [75, 75, 75, 75, 75, 75] },
        { RetryBackoff.Linear, RetryJitter.Equal, 0.5, [75, 150, 225, 300, 375, 450] },
        { RetryBackoff.Exponential, RetryJitter.Equal, 0.5, [75, 150, 300, 600, 750, 750] },
        { RetryBackoff.Exponential, RetryJitter.Equal, 0, [50, 100, 200, 400, 500, 500] },
        { RetryBackoff.Exponential, RetryJitter.Equal, 1, [100, 200, 400, 800, 1000, 1000] },
        // min(max, base + random × (3 × the one before − base)), from the base on
        { RetryBackoff.Exponential, RetryJitter.Decorrelated, 0, [100, 100, 100, 100, 100, 100] },
        { RetryBackoff.Exponential, RetryJitter.Decorrelated, 0.5, [200, 350, 575, 912.5, 1000, 1000] },
        { RetryBackoff.Exponential, RetryJitter.Decorrelated, 1, [300, 900, 1000, 1000, 1000, 1000] },
    };

    [Theory]
    [MemberData(nameof(Delays))]
    public void DelaysAreThoseOfTheFormula_WhenRandomnessIsInjected(RetryBackoff backoff, RetryJitter jitter, double random, double[] expected)
    {
        Assert.Equal(expected, DelaysOf(new RetryOptions
        {
            Backoff = backoff,
            Jitter = jitter,
            Randomizer = () => random,
            MaxDelay = TimeSpan.FromSeconds(1),
        }, expected.Length));
    }

    [Fact]
    public void DelaysAreTheCallersOwnWithinTheLimits_WhenTheBackoffIsCustom()
    {
        var seen = new List<(int Attempt, TimeSpan Previous)>();
        var answers = new Queue<TimeSpan>([TimeSpan.FromSeconds(-3), TimeSpan.FromMilliseconds(7), TimeSpan.MaxValue, TimeSpan.MinValue]);

        var delays = DelaysOf(new RetryOptions
        {
            MaxDelay = TimeSpan.FromSeconds(1),
            CustomBackoff = failed =>
            {
                seen.Add((failed.Attempt, failed.PreviousDelay));
                return answers.Dequeue();
            },
        }, 4);

        Assert.Equal([0, 7, 1000, 0], delays);
        Assert.Equal([1, 2, 3, 4], seen.Select(s => s.Attempt));
        Assert.Equal([0, 0, 7, 1000], seen.Select(s => s.Previous.TotalMilliseconds));
    }

    [Fact]
    public async Task CallEndsWithBothExceptions_WhenTheCustomBackoffThrows()
    {
        var policy = RetryPolicy.Create(o => o.CustomBackoff = static _ => throw new FormatException("mine"));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await policy.ExecuteAsync(new Script(Script.Fails()).RunAsync));

        Assert.StartsWith("The CustomBackoff callback", exception.Message, StringComparison.Ordinal);
        Assert.Equal(
            [typeof(FormatException), typeof(IOException)],
            Assert.IsType<AggregateException>(exception.InnerException).InnerExceptions.Select(e => e.GetType()));
    }

    [Fact]
    public async Task DecorrelatedDelaysStartFromTheirOwn_WhenAServersDelayWasBetween()
    {
        var time = new InstantTimeProvider();
        var policy = RetryPolicy.Create(o =>
        {
            o.MaxAttempts = 4;
            o.Jitter = RetryJitter.Decorrelated;
            o.Randomizer = static () => 0.5;
            o.MaxDelay = TimeSpan.FromMinutes(10);
            o.TimeProvider = time;
            o.ShouldRetry = static f => f.Attempt == 2 ? RetryDecision.RetryAfter(TimeSpan.FromSeconds(60)) : true;
        });

        await Assert.ThrowsAsync<IOException>(async () => await policy.ExecuteAsync(new Script(Script.Fails()).RunAsync));

        Assert.Equal([200, 60_000, 350], time.Delays.Select(d => d.TotalMilliseconds));
    }

    private static List<double> DelaysOf(RetryOptions options, int count)
    {
        var backoff = new BackoffCalculator(options);
        var (memory, previous, delays) = (0.0, TimeSpan.Zero, new List<double>());
        for (var attempt = 1; attempt <= count; attempt++)
        {
            previous = backoff.After(new BackoffArguments(attempt, previous, exception: null), ref memory);
            delays.Add(previous.TotalMilliseconds);
        }

        return delays;
    }
}
