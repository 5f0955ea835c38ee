namespace ProDev.Retry.Tests;

public sealed class BackoffTests
{
    // base ms, factor, max ms, the delays in ms after attempts 1, 2, 3, ...
    public static TheoryData<double, double, double, double[]> ExactDelays => new()
    {
        // doubling, the default
        { 100, 2, 10_000, [100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000] },
        // constant
        { 250, 1, 10_000, [250, 250, 250, 250] },
        // a factor that is no whole number
        { 800, 1.5, 5_000, [800, 1_200, 1_800, 2_700, 4_050, 5_000, 5_000] },
        // cut from the first on
        { 1_000, 10, 1_000, [1_000, 1_000] },
        // none at all: no timer is set
        { 0, 2, 0, [] },
        { 0, 2, 10_000, [] },
        // past what a double or a long can hold
        { 1_000, 1e300, int.MaxValue, [1_000, int.MaxValue, int.MaxValue, int.MaxValue] },
    };

    [Theory]
    [MemberData(nameof(ExactDelays))]
    public async Task DelaysGrowByTheFactorUpToTheLongest_WhenThereIsNoJitter(double baseMs, double factor, double maxMs, double[] expected)
    {
        var time = new InstantTimeProvider();
        var script = new Script(Script.Fails());
        var policy = RetryPolicy.Create(o =>
        {
            o.MaxAttempts = Math.Max(3, expected.Length + 1);
            o.BaseDelay = TimeSpan.FromMilliseconds(baseMs);
            o.BackoffFactor = factor;
            o.MaxDelay = TimeSpan.FromMilliseconds(maxMs);
            o.Jitter = RetryJitter.None;
            o.TimeProvider = time;
        });

        await Assert.ThrowsAsync<IOException>(async () => await policy.ExecuteAsync(script.RunAsync));

        Assert.Equal(expected, time.Delays.Select(d => d.TotalMilliseconds));
    }

    [Fact]
    public void DelayStaysAtTheLongest_WhenTheAttemptNumberIsTheLargest()
    {
        var backoff = new BackoffCalculator(new RetryOptions { Jitter = RetryJitter.None, MaxDelay = RetryConstants.LongestDelay });

        Assert.Equal(RetryConstants.LongestDelay, backoff.AfterAttempt(int.MaxValue));
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.25, 25)]
    [InlineData(0.999, 99.9)]
    // A source that breaks its contract moves to the nearest bound.
    [InlineData(-3.0, 0)]
    [InlineData(7.0, 100)]
    [InlineData(double.NaN, 0)]
    public void FullJitterTakesThatFractionOfTheDelay_WhenRandomnessIsInjected(double random, double expectedMs)
    {
        var backoff = new BackoffCalculator(new RetryOptions { Randomizer = () => random });

        Assert.Equal(expectedMs, backoff.AfterAttempt(1).TotalMilliseconds, tolerance: 0.001);
    }

    [Fact]
    public void FullJitterSpreadsOverTheWholeDelay_WhenDrawnOften()
    {
        var random = new Random(20261123);
        var backoff = new BackoffCalculator(new RetryOptions { Randomizer = random.NextDouble });

        for (var attempt = 1; attempt <= 8; attempt++)
        {
            var cap = Math.Min(100 * Math.Pow(2, attempt - 1), 10_000);
            var drawn = Enumerable.Range(0, 2_000).Select(_ => backoff.AfterAttempt(attempt).TotalMilliseconds / cap).ToList();
            Assert.All(drawn, d => Assert.InRange(d, 0, 1));
            Assert.InRange(drawn.Average(), 0.47, 0.53);
            Assert.InRange(drawn.Min(), 0, 0.01);
            Assert.InRange(drawn.Max(), 0.99, 1);
        }
    }
}
