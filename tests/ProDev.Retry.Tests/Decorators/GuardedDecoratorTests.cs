using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Retry.Tests;

public interface IGuarded
{
    [Retry(MaxAttempts = 3, BaseDelay = "00:00:00"), Timeout("00:00:10"), Idempotent]
    Task<int> SlowAsync(CancellationToken ct);

    [Timeout("00:00:10")]
    ValueTask<int> OnceAsync(CancellationToken ct);

    [Retry(MaxAttempts = 2, BaseDelay = "00:00:00"), CircuitBreaker("guarded"), Idempotent]
    Task<int> BrokenAsync(CancellationToken ct);
}

/// <summary>What [Timeout] and [CircuitBreaker] do to the calls of a decorated service.</summary>
public sealed class GuardedDecoratorTests
{
    private readonly SignallingTimeProvider _time = new();
    private readonly Guarded _inner = new();

    [Fact]
    public async Task EachAttemptIsEndedAndRetried_WhenItTakesLongerThanTheTimeout()
    {
        using var services = Services();
        var call = services.GetRequiredService<IGuarded>().SlowAsync(CancellationToken.None);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await _time.TimerIsSet();
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        await Assert.ThrowsAsync<AttemptTimeoutException>(() => call);
        Assert.Equal(3, _inner.Calls);
    }

    [Fact]
    public async Task TheOnlyAttemptIsEnded_WhenThereIsATimeoutWithoutRetry()
    {
        using var services = Services();
        var call = services.GetRequiredService<IGuarded>().OnceAsync(CancellationToken.None);
        await _time.TimerIsSet();
        _time.Advance(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAsync<AttemptTimeoutException>(async () => await call);
        Assert.Equal(1, _inner.Calls);
    }

    [Fact]
    public async Task CallsAreRejected_WhenTheCircuitBreakerOfThatNameIsOpen()
    {
        using var services = Services(o => o.ConsecutiveFailures = 2);
        var guarded = services.GetRequiredService<IGuarded>();

        await Assert.ThrowsAsync<IOException>(() => guarded.BrokenAsync(CancellationToken.None));
        await Assert.ThrowsAsync<CircuitOpenException>(() => guarded.BrokenAsync(CancellationToken.None));

        Assert.Equal(2, _inner.Calls);
        Assert.Equal(CircuitState.Open, services.GetRequiredKeyedService<CircuitBreaker>("guarded").State);
    }

    [Fact]
    public void TheMessageSaysWhatIsMissing_WhenThereIsNoCircuitBreakerOfThatName()
    {
        using var services = new ServiceCollection().AddSingleton<IGuarded>(_inner).DecorateWithRetry<IGuarded>().BuildServiceProvider();

        var exception = Assert.Throws<InvalidOperationException>(services.GetRequiredService<IGuarded>);

        Assert.StartsWith("There is no circuit breaker named 'guarded'. Register it with", exception.Message, StringComparison.Ordinal);
    }

    private ServiceProvider Services(Action<CircuitBreakerOptions>? configure = null)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_time).AddSingleton<IGuarded>(_inner).DecorateWithRetry<IGuarded>();
        services.AddProDevRetry().AddCircuitBreaker("guarded", configure);
        return services.BuildServiceProvider();
    }

    private sealed class Guarded : IGuarded
    {
        public int Calls { get; private set; }

        public async Task<int> SlowAsync(CancellationToken ct)
        {
            Calls++;
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            return 0;
        }

        public async ValueTask<int> OnceAsync(CancellationToken ct) => await SlowAsync(ct);

        public Task<int> BrokenAsync(CancellationToken ct)
        {
            Calls++;
            return Task.FromException<int>(new IOException("down"));
        }
    }
}
