using System.Globalization;

namespace ProDev.Retry;

/// <summary>
/// A <see cref="CircuitBreaker"/> rejected the call: the operation did not run. The inner exception is the failure that opened the
/// breaker, if it is known.
/// </summary>
public sealed class CircuitOpenException : Exception
{
    /// <summary>Creates the exception, for tests of code that handles it.</summary>
    /// <param name="name">See <see cref="BreakerName"/>.</param>
    /// <param name="state">See <see cref="State"/>.</param>
    /// <param name="stateAge">See <see cref="StateAge"/>.</param>
    /// <param name="retryAfter">See <see cref="RetryAfter"/>.</param>
    /// <param name="cause">The failure that opened the breaker; null if it is not known.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public CircuitOpenException(string name, CircuitState state, TimeSpan stateAge, TimeSpan retryAfter, Exception? cause = null)
        : base(message: null, cause)
    {
        ArgumentNullException.ThrowIfNull(name);
        BreakerName = name;
        State = state;
        StateAge = stateAge;
        RetryAfter = retryAfter;
    }

    /// <summary>Gets the <see cref="CircuitBreakerOptions.Name"/> of the breaker; empty if it has none.</summary>
    public string BreakerName { get; }

    /// <summary>Gets the state in which the breaker rejected the call.</summary>
    public CircuitState State { get; }

    /// <summary>Gets how long the breaker had been in that state.</summary>
    public TimeSpan StateAge { get; }

    /// <summary>
    /// Gets after what time a call can be let through: what is left of the break; when half-open, the time after which the oldest probe
    /// loses its place, if it does not answer sooner; <see cref="TimeSpan.MaxValue"/> when isolated.
    /// </summary>
    public TimeSpan RetryAfter { get; }

    /// <inheritdoc/>
    public override string Message => string.Create(
        CultureInfo.InvariantCulture,
        $"The circuit breaker{(BreakerName.Length == 0 ? "" : $" '{BreakerName}'")} {Happened} The operation was not called.{Why}");

    // Made on demand, because most rejections are handled without anybody reading them.
    private string Happened => State switch
    {
        CircuitState.Isolated => $"has been isolated by hand for {StateAge:c} and rejects all calls until Reset is called.",
        CircuitState.HalfOpen =>
            $"has been half-open for {StateAge:c} and its probes are running; at the latest in {RetryAfter:c} another call can be let through.",
        _ => $"has been open for {StateAge:c} and lets a call through in {RetryAfter:c}.",
    };

    private string Why => InnerException is null ? "" : " The inner exception is the failure that opened it.";
}
