namespace ProDev.Retry.Tests;

public sealed class CallWindowTests
{
    private readonly SteeredClock _clock = new();

    [Fact]
    public void NewerOutcomesStay_WhenACallerReadTheClockLongBefore()
    {
        var window = new CallWindow(new MonotonicClock(_clock), TimeSpan.FromSeconds(1));
        _clock.Now = TimeSpan.FromSeconds(60);
        window.AddFailure();
        window.AddFailure();

        // A whole window earlier: the same bucket.
        _clock.Now = TimeSpan.FromSeconds(59);
        window.AddFailure();

        _clock.Now = TimeSpan.FromSeconds(60);
        Assert.Equal(3, window.Totals().Failures);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(150)]
    [InlineData(309)]
    [InlineData(500)]
    public void OutcomesAreCounted_HoweverLongAgoABucketWasUsedLast(int days)
    {
        var window = new CallWindow(new MonotonicClock(_clock), TimeSpan.FromSeconds(1));
        _clock.Now = TimeSpan.FromDays(days);

        window.AddFailure();
        window.AddSuccess();

        Assert.Equal((1, 1), window.Totals());
    }

    [Theory]
    [InlineData(0, 899, 1)]
    [InlineData(0, 999, 1)]
    [InlineData(0, 1000, 0)]
    [InlineData(99, 999, 1)]
    [InlineData(99, 1000, 0)]
    [InlineData(100, 1000, 1)]
    [InlineData(100, 1099, 1)]
    [InlineData(100, 1100, 0)]
    public void OutcomeIsForgottenWithItsTenth(int counted, int asked, int expected)
    {
        var window = new CallWindow(new MonotonicClock(_clock), TimeSpan.FromSeconds(1));
        _clock.Now = TimeSpan.FromMilliseconds(counted);
        window.AddSuccess();
        window.AddFailure();

        _clock.Now = TimeSpan.FromMilliseconds(asked);

        Assert.Equal((expected, expected), window.Totals());
    }

    private sealed class SteeredClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
