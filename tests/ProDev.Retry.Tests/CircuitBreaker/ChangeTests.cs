using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

/// <summary>Who hears of changes, in which order, and what becomes of an observer that throws.</summary>
public sealed class ChangeTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void ObserverHearsOfEveryChange_InOrder()
    {
        var changes = new List<CircuitChange>();
        var cause = new IOException();
        var breaker = TestBreakers.AfterFailures(1, _time, o => o.OnChange = changes.Add);

        breaker.Enter().Failed(cause);
        _time.Advance(TestBreakers.Break);
        breaker.Fail();
        _time.Advance(TestBreakers.Break);
        breaker.Succeed();
        breaker.Reset();
        breaker.Isolate();
        breaker.Isolate();
        breaker.Reset();

        Assert.Equal(
            [
                (CircuitState.Closed, CircuitState.Open, 1), (CircuitState.Open, CircuitState.HalfOpen, 1),
                (CircuitState.HalfOpen, CircuitState.Open, 2), (CircuitState.Open, CircuitState.HalfOpen, 2),
                (CircuitState.HalfOpen, CircuitState.Closed, 0), (CircuitState.Closed, CircuitState.Isolated, 0),
                (CircuitState.Isolated, CircuitState.Closed, 0),
            ],
            changes.Select(c => (c.From, c.To, c.BreaksInARow)));
        Assert.All(changes, c => Assert.Equal("shop", c.Name));
        Assert.Equal(changes.Select(c => c.To == CircuitState.Open ? TestBreakers.Break : TimeSpan.Zero), changes.Select(c => c.BreakDuration));
        Assert.Same(cause, changes[0].Cause);
        Assert.Same(cause, changes[1].Cause);
        Assert.Null(changes[4].Cause);
    }

    [Fact]
    public void OutcomeReachesTheCallerAndTheSnapshotTells_WhenTheObserverThrows()
    {
        var breaker = TestBreakers.ReadyToProbe(_time, o => o.OnChange = static _ => throw new NotSupportedException("oops"));

        Assert.Equal(7, breaker.Execute(static _ => 7));

        Assert.Equal(CircuitState.Closed, breaker.State);
        var snapshot = breaker.Snapshot();
        // Opened, half-open, closed.
        Assert.Equal(3, snapshot.CallbackFailures);
        Assert.StartsWith("The OnChange callback of the circuit breaker 'shop' threw.", snapshot.LastCallbackFailure!.Message, StringComparison.Ordinal);
        Assert.IsType<NotSupportedException>(snapshot.LastCallbackFailure.InnerException);
    }

    [Fact]
    public async Task BreakerCanBeUsedFromAnotherThread_WhileTheObserverRuns()
    {
        CircuitBreaker? breaker = null;
        var seen = CircuitState.Closed;
        breaker = TestBreakers.AfterFailures(1, _time, o => o.OnChange = change =>
        {
            // It would wait forever, were a lock held.
            if (change.To == CircuitState.Open)
                seen = Task.Run(() =>
                {
                    breaker!.Isolate();
                    return breaker.State;
                }).GetAwaiter().GetResult();
        });

        await Task.Run(() => breaker.Fail()).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(CircuitState.Isolated, seen);
    }

    [Fact]
    public void ChangesAreToldOneAfterAnother_WhenTheObserverCausesThem()
    {
        var told = new List<CircuitState>();
        CircuitBreaker? breaker = null;
        breaker = TestBreakers.AfterFailures(1, _time, o => o.OnChange = change =>
        {
            if (change.To == CircuitState.Open)
                breaker!.Reset();
            told.Add(change.To);
        });

        breaker.Fail();

        Assert.Equal([CircuitState.Open, CircuitState.Closed], told);
    }
}
