using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>What <see cref="CircuitBreakerOptions.OnChange"/> is told: a breaker went from one state to another.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct CircuitChange
{
    internal CircuitChange(string name, CircuitPhase from, CircuitPhase to, TimeSpan breakDuration)
    {
        Name = name;
        From = from.State;
        To = to.State;
        BreaksInARow = to.Breaks;
        BreakDuration = breakDuration;
        Cause = to.Cause;
    }

    /// <summary>Gets the <see cref="CircuitBreakerOptions.Name"/> of the breaker.</summary>
    public string Name { get; }

    /// <summary>Gets the state before.</summary>
    public CircuitState From { get; }

    /// <summary>Gets the state after.</summary>
    public CircuitState To { get; }

    /// <summary>Gets how long calls are rejected; zero unless <see cref="To"/> is <see cref="CircuitState.Open"/>.</summary>
    public TimeSpan BreakDuration { get; }

    /// <summary>Gets how many breaks there were without a return to <see cref="CircuitState.Closed"/>, this one included.</summary>
    public int BreaksInARow { get; }

    /// <summary>Gets the failure that opened the breaker, as far as it was reported; null when it closes or was isolated.</summary>
    public Exception? Cause { get; }
}
