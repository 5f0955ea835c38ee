using System.Collections.Concurrent;

namespace ProDev.Retry;

/// <summary>
/// Calls the user's callbacks. What they throw must not take the place of an operation's outcome, and must not be lost either: it is
/// counted and kept.
/// </summary>
internal sealed class CircuitCallbacks(string name)
{
    private readonly ConcurrentQueue<CircuitChange> _changes = new();
    private Exception? _lastFailure;
    private long _failures;
    private int _isAnnouncing;

    public Exception? LastFailure => Volatile.Read(ref _lastFailure);

    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Notes a change, under the lock that orders changes.</summary>
    public void Enqueue(CircuitChange change) => _changes.Enqueue(change);

    /// <summary>Tells the observer of the changes noted, in their order and one at a time. Not to be called under a lock.</summary>
    public void Announce(Action<CircuitChange>? observer)
    {
        while (!_changes.IsEmpty)
        {
            // Whoever announces at the moment, further down this stack or on another thread, announces this change as well.
            if (Interlocked.Exchange(ref _isAnnouncing, 1) != 0)
                return;
            while (_changes.TryDequeue(out var change))
                Tell(observer, change);

            // A full fence: either the look at the queue that follows sees what another caller has noted, or that caller sees this.
            Interlocked.Exchange(ref _isAnnouncing, 0);
        }
    }

    public TimeSpan BreakDuration(CircuitBreakerOptions settings, int breaks)
    {
        if (settings.BreakDurationGenerator is not { } generator)
            return settings.BreakDuration;

        try
        {
            var duration = generator(breaks);
            if (duration > TimeSpan.Zero)
                return duration < RetryConstants.LongestDelay ? duration : RetryConstants.LongestDelay;
            Failed(nameof(settings.BreakDurationGenerator), $"answered '{duration:c}'. It must answer a time above zero.", thrown: null);
        }
        catch (Exception exception)
        {
            Threw(nameof(settings.BreakDurationGenerator), exception);
        }

        return settings.BreakDuration;
    }

    public void Threw(string callback, Exception thrown) =>
        Failed(callback, "threw. Correct the callback: it must not throw. The inner exception is what it threw.", thrown);

    private void Tell(Action<CircuitChange>? observer, CircuitChange change)
    {
        try
        {
            observer?.Invoke(change);
        }
        catch (Exception exception)
        {
            Threw(nameof(CircuitBreakerOptions.OnChange), exception);
        }
    }

    private void Failed(string callback, string what, Exception? thrown)
    {
        Volatile.Write(ref _lastFailure, new InvalidOperationException($"The {callback} callback of the circuit breaker '{name}' {what}", thrown));
        Interlocked.Increment(ref _failures);
        CircuitTelemetry.CallbackFailed(name);
    }
}
