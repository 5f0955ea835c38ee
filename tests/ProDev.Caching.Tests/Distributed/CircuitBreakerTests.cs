using Microsoft.Extensions.Time.Testing;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class CircuitBreakerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker(threshold: 3, TimeSpan.FromSeconds(5), _time);

    [Fact]
    public void It_opens_after_failures_in_a_row_and_a_success_between_them_begins_anew()
    {
        Assert.False(Fail());
        Assert.False(Fail());
        Assert.False(Succeed());
        Assert.False(Fail());
        Assert.False(Fail());
        Assert.True(Fail());

        Assert.False(_breaker.TryEnter(out _));
        Assert.Equal(TimeSpan.FromSeconds(5), _breaker.Remaining);
    }

    [Fact]
    public void After_the_break_one_call_goes_through_and_decides()
    {
        Open();
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.True(_breaker.TryEnter(out var probe));
        Assert.False(_breaker.TryEnter(out _));
        Assert.True(_breaker.Succeeded(probe));
        Assert.True(_breaker.TryEnter(out _));
        Assert.Equal(TimeSpan.Zero, _breaker.Remaining);
    }

    [Fact]
    public void Its_state_tells_since_when_and_until_when_it_is_open()
    {
        Assert.Equal(BreakerState.Closed, _breaker.State);
        var start = _time.GetUtcNow();
        Open();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new BreakerState(BreakerPhase.Open, start, start.AddSeconds(5)), _breaker.State);

        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(new BreakerState(BreakerPhase.HalfOpen, start, AskedAgainAt: null), _breaker.State);

        Fail();
        Assert.Equal(new BreakerState(BreakerPhase.Open, start, start.AddSeconds(10)), _breaker.State);

        _time.Advance(TimeSpan.FromSeconds(5));
        Succeed();
        Assert.Equal(BreakerState.Closed, _breaker.State);
    }

    [Fact]
    public void A_probe_that_fails_begins_the_break_again()
    {
        Open();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_breaker.TryEnter(out var probe));

        Assert.False(_breaker.Failed(probe));

        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(_breaker.TryEnter(out _));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_breaker.TryEnter(out _));
    }

    [Fact]
    public void A_probe_that_its_caller_gives_up_leaves_the_next_one_its_place()
    {
        Open();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_breaker.TryEnter(out var probe));

        _breaker.Cancelled(probe);

        Assert.True(_breaker.TryEnter(out _));
    }

    [Fact]
    public void What_began_before_the_break_has_no_say_in_it()
    {
        Assert.True(_breaker.TryEnter(out var slowSuccess));
        Assert.True(_breaker.TryEnter(out var slowFailure));
        Open();

        Assert.False(_breaker.Succeeded(slowSuccess));
        Assert.False(_breaker.TryEnter(out _));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_breaker.TryEnter(out var probe));
        _breaker.Failed(slowFailure);
        Assert.True(_breaker.Succeeded(probe));
    }

    private void Open()
    {
        for (var failure = 0; failure < 3; failure++)
            Fail();
    }

    private bool Fail() => _breaker.TryEnter(out var round) && _breaker.Failed(round);

    private bool Succeed() => _breaker.TryEnter(out var round) && _breaker.Succeeded(round);
}
