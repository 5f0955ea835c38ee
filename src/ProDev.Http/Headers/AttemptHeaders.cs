using System.Globalization;

namespace ProDev.Http;

/// <summary>Tells the receiver of each attempt of one call which one it is and how long the caller will wait for it.</summary>
internal sealed class AttemptHeaders(TimeProvider time, TimeSpan? deadline, TimeSpan? attemptTimeout)
{
    private readonly long _started = time.GetTimestamp();

    public void Write(HttpRequestMessage request, int attempt)
    {
        Set(request, HttpAttempt.NumberHeader, attempt);
        if (Remaining() is { } remaining)
            Set(request, HttpAttempt.RemainingHeader, (long)Math.Max(0, remaining.TotalMilliseconds));
    }

    private static void Set(HttpRequestMessage request, string name, long value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value.ToString(CultureInfo.InvariantCulture));
    }

    // The attempt's own limit ends it even if the deadline, which only decides about further attempts, does not.
    private TimeSpan? Remaining()
    {
        var untilDeadline = deadline - time.GetElapsedTime(_started);
        return attemptTimeout < untilDeadline || untilDeadline is null ? attemptTimeout : untilDeadline;
    }
}
