using System.Diagnostics;

namespace ProDev.Retry;

/// <summary>
/// Stops calls to a dependency that fails too much, so that it can recover and callers need not wait for it: after some failures it
/// rejects all calls for a while, then lets a few through, which decide.
/// </summary>
/// <remarks>
/// <para>
/// A breaker is thread-safe: create one for each dependency and share it. While it is closed, a call takes no lock, writes nothing
/// that other cores read, and allocates nothing.
/// </para>
/// <para>
/// An outcome counts only in the state in which the call began. What began before the breaker opened, closed, was isolated or reset
/// changes nothing when it ends, nor does a probe that took longer than its lease. The caller's cancellation is neutral: a cancelled
/// probe gives its place back, and the breaker stays as it is.
/// </para>
/// </remarks>
[DebuggerDisplay("{Name,nq} {State}")]
public sealed partial class CircuitBreaker
{
    // Orders the changes of state; nothing else is done under it.
    private readonly Lock _lock = new();
    private readonly MonotonicClock _clock;
    private readonly CircuitCallbacks _callbacks;
    private CircuitBreakerOptions _settings;
    private CircuitPhase _phase;

    private CircuitBreaker(CircuitBreakerOptions settings)
    {
        _settings = settings;
        _clock = new MonotonicClock(settings.TimeProvider);
        _callbacks = new CircuitCallbacks(settings.Name);
        _phase = NewClosedPhase();
    }

    /// <summary>Gets the <see cref="CircuitBreakerOptions.Name"/>; empty if it has none.</summary>
    public string Name => _settings.Name;

    /// <summary>Gets the state. It does not change by itself: an open breaker becomes half-open with the first call after the break.</summary>
    public CircuitState State => Volatile.Read(ref _phase).State;

    /// <summary>
    /// Gets how long a call that starts now would be rejected at most: what is left of the break; when half-open with all places taken,
    /// the time after which the oldest probe loses its place; <see cref="TimeSpan.MaxValue"/> when isolated; zero when a call is let through.
    /// </summary>
    public TimeSpan RetryAfter => Volatile.Read(ref _phase) is var phase and not ClosedPhase ? phase.RetryAfter(_clock.Now) : TimeSpan.Zero;

    /// <summary>Creates a breaker, which is closed.</summary>
    /// <param name="configure">Changes the defaults, which are documented on <see cref="CircuitBreakerOptions"/>; null keeps them.</param>
    /// <returns>The breaker.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// Settings are out of range; the message and <c>Failures</c> name all of them.
    /// </exception>
    public static CircuitBreaker Create(Action<CircuitBreakerOptions>? configure = null)
    {
        var options = new CircuitBreakerOptions();
        configure?.Invoke(options);
        return Create(options);
    }

    /// <summary>
    /// Rejects all calls until <see cref="Reset"/> is called. Calls that run go on; their outcomes do not count. Without effect on a breaker
    /// that is isolated.
    /// </summary>
    public void Isolate() => Move(static breaker => breaker._phase is IsolatedPhase ? null : new IsolatedPhase(breaker._clock.Now));

    /// <summary>Closes the breaker, whatever its state, and forgets all outcomes, also those of calls that run.</summary>
    public void Reset() => Move(static breaker => breaker.NewClosedPhase());

    /// <summary>
    /// Changes the settings and keeps the state: the outcomes counted so far, a break that runs, its number, and the probes. A break or a
    /// lease that has begun keeps its length, and a breaker that is half-open its number of probes. Name and clock stay as they were.
    /// </summary>
    /// <param name="configure">Changes the present settings.</param>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// Settings are out of range; the message and <c>Failures</c> name all of them, and the breaker keeps the ones it had.
    /// </exception>
    public void Update(Action<CircuitBreakerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = Volatile.Read(ref _settings).Clone();
        configure(options);
        Update(options);
    }

    /// <summary>Tells what the breaker looks like now. It allocates; the single figures are read one after another.</summary>
    /// <returns>The snapshot.</returns>
    public CircuitSnapshot Snapshot()
    {
        var (phase, now) = (Volatile.Read(ref _phase), _clock.Now);
        var closed = phase as ClosedPhase;
        var (successes, failures) = closed?.Window?.Totals() ?? default;
        return new CircuitSnapshot
        {
            Name = Name,
            State = phase.State,
            StateAge = phase.Age(now),
            RetryAfter = phase.RetryAfter(now),
            Successes = successes,
            Failures = failures,
            FailuresInARow = closed?.FailuresInARow ?? 0,
            BreaksInARow = phase.Breaks,
            RunningProbes = (phase as HalfOpenPhase)?.Running ?? 0,
            Cause = phase.Cause,
            CallbackFailures = _callbacks.Failures,
            LastCallbackFailure = _callbacks.LastFailure,
        };
    }

    internal static CircuitBreaker Create(CircuitBreakerOptions options)
    {
        CircuitBreakerOptionsValidator.ThrowIfInvalid(options.Name ?? string.Empty, options);
        return new CircuitBreaker(options.Clone());
    }

    internal void Update(CircuitBreakerOptions options)
    {
        CircuitBreakerOptionsValidator.ThrowIfInvalid(Name, options);
        var settings = options.Clone();
        lock (_lock)
        {
            settings.Name = _settings.Name;
            settings.TimeProvider = _settings.TimeProvider;
            Volatile.Write(ref _settings, settings);
            (_phase as ClosedPhase)?.Adopt(NewWindow());
        }
    }
}
