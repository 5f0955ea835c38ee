using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

/// <summary>How long a break is, what those who are rejected learn, and the manual states.</summary>
public sealed class BreakTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void CallsAreRejected_UntilTheBreakIsOver()
    {
        var breaker = TestBreakers.AfterFailures(1, _time);
        breaker.Fail();

        Assert.Equal(TestBreakers.Break, breaker.RetryAfter);
        _time.Advance(TestBreakers.Break - TimeSpan.FromTicks(1));
        Assert.True(breaker.Rejects());
        Assert.Equal(TimeSpan.FromTicks(1), breaker.RetryAfter);

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(TimeSpan.Zero, breaker.RetryAfter);
        Assert.Equal(CircuitState.Open, breaker.State);
        Assert.True(breaker.TryEnter(out _));
        Assert.Equal(CircuitState.HalfOpen, breaker.State);
    }

    [Fact]
    public void WallClockDoesNotMatter_WhenItIsSet()
    {
        var breaker = TestBreakers.AfterFailures(1, new WallClockJumps(_time));
        breaker.Fail();

        _time.Advance(TestBreakers.Break - TimeSpan.FromTicks(1));

        Assert.True(breaker.Rejects());
    }

    [Fact]
    public void ExceptionTellsWhichBreakerSinceWhenAndHowLong_WhenItIsOpen()
    {
        var breaker = TestBreakers.AfterFailures(1, _time);
        var cause = new IOException("down");
        breaker.Enter().Failed(cause);
        _time.Advance(TimeSpan.FromSeconds(2));

        var rejection = Assert.Throws<CircuitOpenException>(() => breaker.Enter());

        Assert.Equal(
            "The circuit breaker 'shop' has been open for 00:00:02 and lets a call through in 00:00:03. The operation was not called. " +
            "The inner exception is the failure that opened it.",
            rejection.Message);
        Assert.Equal(("shop", CircuitState.Open), (rejection.BreakerName, rejection.State));
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)), (rejection.StateAge, rejection.RetryAfter));
        Assert.Same(cause, rejection.InnerException);
    }

    [Fact]
    public void ExceptionTellsWhenAPlaceIsFree_WhenTheBreakerIsHalfOpen()
    {
        var breaker = TestBreakers.ReadyToProbe(_time, o => o.ProbeLease = TimeSpan.FromSeconds(9));
        Assert.True(breaker.TryEnter(out _));
        _time.Advance(TimeSpan.FromSeconds(4));

        var rejection = Assert.Throws<CircuitOpenException>(() => breaker.Enter());

        Assert.Equal(
            "The circuit breaker 'shop' has been half-open for 00:00:04 and its probes are running; at the latest in 00:00:05 another call " +
            "can be let through. The operation was not called.",
            rejection.Message);
        Assert.Equal(TimeSpan.FromSeconds(5), breaker.RetryAfter);
    }

    [Fact]
    public void ExceptionSaysWhatToDo_WhenTheBreakerIsIsolated()
    {
        var breaker = TestBreakers.AfterFailures(1, _time, o => o.Name = "");
        breaker.Isolate();
        _time.Advance(TimeSpan.FromDays(1));

        var rejection = Assert.Throws<CircuitOpenException>(() => breaker.Enter());

        Assert.Equal(
            "The circuit breaker has been isolated by hand for 1.00:00:00 and rejects all calls until Reset is called. The operation was not called.",
            rejection.Message);
        Assert.Equal((CircuitState.Isolated, TimeSpan.MaxValue), (rejection.State, rejection.RetryAfter));
        Assert.Null(rejection.InnerException);
    }

    [Fact]
    public void ResetCloses_FromEveryState()
    {
        foreach (var state in Enum.GetValues<CircuitState>())
        {
            var breaker = In(state);
            Assert.Equal(state, breaker.State);

            breaker.Reset();

            Assert.Equal(CircuitState.Closed, breaker.State);
            Assert.False(breaker.Rejects());
        }
    }

    [Fact]
    public void IsolateRejectsUntilReset_FromEveryState()
    {
        foreach (var state in Enum.GetValues<CircuitState>())
        {
            var breaker = In(state);

            breaker.Isolate();
            _time.Advance(TimeSpan.FromDays(10));

            Assert.Equal(CircuitState.Isolated, breaker.State);
            Assert.True(breaker.Rejects());
        }
    }

    [Fact]
    public void ResetForgetsFailures_WhenTheBreakerWasClosed()
    {
        var breaker = TestBreakers.AfterFailures(2, _time);
        breaker.Fail();

        breaker.Reset();
        breaker.Fail();

        Assert.Equal(CircuitState.Closed, breaker.State);
    }

    [Fact]
    public void GeneratorGetsTheNumberOfBreaksInARow()
    {
        var asked = new List<int>();
        var breaker = TestBreakers.AfterFailures(1, _time, o => o.BreakDurationGenerator = number =>
        {
            asked.Add(number);
            return TimeSpan.FromSeconds(number * 10);
        });

        for (var round = 1; round <= 3; round++)
        {
            breaker.Fail();
            Assert.Equal(TimeSpan.FromSeconds(round * 10), breaker.RetryAfter);
            Assert.Equal(round, breaker.Snapshot().BreaksInARow);
            _time.Advance(breaker.RetryAfter);
        }

        breaker.Succeed();
        breaker.Fail();

        Assert.Equal([1, 2, 3, 1], asked);
    }

    [Fact]
    public void BreakIsCut_WhenTheGeneratorAnswersTooMuch()
    {
        var breaker = TestBreakers.AfterFailures(1, _time, o => o.BreakDurationGenerator = static _ => TimeSpan.MaxValue);

        breaker.Fail();

        Assert.Equal(TimeSpan.FromMilliseconds(int.MaxValue), breaker.RetryAfter);
        Assert.Equal(0, breaker.Snapshot().CallbackFailures);
    }

    [Fact]
    public void BreakerOpensForTheBreakDuration_WhenTheGeneratorOverflows()
    {
        var breaker = TestBreakers.AfterFailures(
            1, _time, o => o.BreakDurationGenerator = static number => TimeSpan.FromDays(10_000_000) * (number + 1));

        breaker.Fail();

        Assert.Equal(TestBreakers.Break, breaker.RetryAfter);
        var failure = Assert.IsType<InvalidOperationException>(breaker.Snapshot().LastCallbackFailure);
        Assert.StartsWith("The BreakDurationGenerator callback of the circuit breaker 'shop' threw.", failure.Message, StringComparison.Ordinal);
        Assert.IsType<OverflowException>(failure.InnerException);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void BreakerOpensForTheBreakDuration_WhenTheGeneratorAnswersNoTime(int seconds)
    {
        var breaker = TestBreakers.AfterFailures(1, _time, o => o.BreakDurationGenerator = _ => TimeSpan.FromSeconds(seconds));

        breaker.Fail();

        Assert.Equal(TestBreakers.Break, breaker.RetryAfter);
        Assert.Equal(1, breaker.Snapshot().CallbackFailures);
        Assert.Contains("It must answer a time above zero.", breaker.Snapshot().LastCallbackFailure!.Message, StringComparison.Ordinal);
    }

    private CircuitBreaker In(CircuitState state)
    {
        var breaker = TestBreakers.AfterFailures(1, _time);
        if (state is CircuitState.Open or CircuitState.HalfOpen)
            breaker.Fail();
        if (state == CircuitState.HalfOpen)
        {
            _time.Advance(TestBreakers.Break);
            Assert.True(breaker.TryEnter(out _));
        }

        if (state == CircuitState.Isolated)
            breaker.Isolate();
        return breaker;
    }

    /// <summary>A wall clock that is a year further at each reading, over a monotonic time that is not.</summary>
    private sealed class WallClockJumps(TimeProvider monotonic) : TimeProvider
    {
        private int _years;

        public override long TimestampFrequency => monotonic.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(_years++);

        public override long GetTimestamp() => monotonic.GetTimestamp();
    }
}
