namespace ProDev.Retry.Tests;

public sealed class ServerDelayTests
{
    public static TheoryData<bool, bool> Forms => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory]
    [MemberData(nameof(Forms))]
    public void ExactlyThatIsWaited_WhenTheServerAsksForIt(bool sync, bool throttled)
    {
        var time = new InstantTimeProvider();
        // MaxDelay is shorter, and does not count.
        var policy = Asking(TimeSpan.FromSeconds(60), time, throttled);
        var script = new Script(Script.Fails(), Script.Returns(-1), Script.Returns(5));

        Assert.Equal(5, Run(policy, script, sync));

        Assert.Equal([60, 60], time.Delays.Select(d => d.TotalSeconds));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RetryIsNeverEarly_WhenTimersFireEarly(bool sync)
    {
        var time = new HastyTimeProvider();
        var starts = new List<TimeSpan>();
        var policy = Asking(TimeSpan.FromMilliseconds(1500.7), time);
        var script = new Script(
            () =>
            {
                starts.Add(time.Now);
                throw new IOException();
            },
            () =>
            {
                starts.Add(time.Now);
                return 1;
            });

        Run(policy, script, sync);

        Assert.InRange(starts[1] - starts[0], TimeSpan.FromMilliseconds(1500.7), TimeSpan.FromMilliseconds(1503));
        Assert.True(time.Timers > 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LastResultIsReturnedAtOnceAndAlive_WhenTheDelayDoesNotFitTheDeadline(bool sync)
    {
        var time = new InstantTimeProvider();
        var response = new Disposable();
        var policy = RetryPolicy.Create(o =>
        {
            o.TimeProvider = time;
            o.Deadline = TimeSpan.FromSeconds(30);
            o.JudgeResult<Disposable>(static _ => RetryDecision.ThrottledFor(TimeSpan.FromSeconds(60)));
        });

        var answer = sync
            ? policy.Execute(_ => response)
            : await policy.ExecuteAsync(_ => ValueTask.FromResult(response));

        Assert.Same(response, answer);
        Assert.False(response.IsDisposed);
        Assert.Empty(time.Delays);
        Assert.Equal(0, time.GetTimestamp());
    }

    [Fact]
    public async Task ItIsSaidWhy_WhenTheDelayIsNotWaitedFor()
    {
        var day = TimeSpan.FromDays(1);
        Assert.Equal(RetryEnd.DeadlineReached, await EndAsync(day, o => o.Deadline = TimeSpan.FromHours(1)));
        Assert.Equal(RetryEnd.ServerDelayTooLong, await EndAsync(day, o => o.MaxServerDelay = day - TimeSpan.FromTicks(1)));
        Assert.Equal(RetryEnd.AttemptsUsedUp, await EndAsync(day, o => o.MaxServerDelay = day));
        // Longer than any timer.
        Assert.Equal(RetryEnd.ServerDelayTooLong, await EndAsync(TimeSpan.MaxValue, static _ => { }));
        Assert.Equal(RetryEnd.ServerDelayTooLong, await EndAsync(TimeSpan.FromDays(30), static _ => { }));
        // Negative counts as zero.
        Assert.Equal(RetryEnd.AttemptsUsedUp, await EndAsync(TimeSpan.MinValue, o => o.MaxServerDelay = TimeSpan.Zero));
    }

    [Fact]
    public void LongestServerDelayIsRefused_WhenNoTimerCouldWaitForIt()
    {
        var exception = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(
            () => RetryPolicy.Create(o => o.MaxServerDelay = TimeSpan.FromDays(60)));

        Assert.Contains("MaxServerDelay is '60.00:00:00'", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<RetryEnd> EndAsync(TimeSpan delay, Action<RetryOptions> configure)
    {
        var policy = Asking(delay, new InstantTimeProvider(), configure: configure);
        return (await policy.TryExecuteAsync(new Script(Script.Fails()).RunAsync)).End;
    }

    private static RetryPolicy Asking(TimeSpan delay, TimeProvider time, bool throttled = false, Action<RetryOptions>? configure = null) =>
        RetryPolicy.Create(o =>
        {
            o.TimeProvider = time;
            o.MaxDelay = TimeSpan.FromSeconds(1);
            var decision = throttled ? RetryDecision.ThrottledFor(delay) : RetryDecision.RetryAfter(delay);
            o.ShouldRetry = _ => decision;
            o.JudgeResult<int>(r => r < 0 ? decision : RetryDecision.Stop);
            configure?.Invoke(o);
        });

    private static int Run(RetryPolicy policy, Script script, bool sync) =>
        sync ? policy.Execute(_ => script.Next()) : policy.ExecuteAsync(script.RunAsync).AsTask().GetAwaiter().GetResult();

    private sealed class Disposable : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    /// <summary>Its timers fire after nine tenths of their time, but not before half a millisecond.</summary>
    private sealed class HastyTimeProvider : TimeProvider
    {
        public TimeSpan Now { get; private set; }

        public int Timers { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Timers++;
            Now += TimeSpan.FromMilliseconds(Math.Max(0.5, dueTime.TotalMilliseconds * 0.9));
            return new InstantTimeProvider().CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
