using System.Globalization;
using ProDev.Retry;

namespace ProDev.Http;

/// <summary>Tells the receiver of each attempt of one call which one it is and how long the caller will wait for it.</summary>
internal sealed class AttemptHeaders(HttpPolicy policy)
{
    private readonly long _started = policy.Time.GetTimestamp();

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

    // The attempt's own limit ends it even if the deadlines, which only decide about further attempts, do not. Among those around is this call's own, unless it
    // does not tell.
    private TimeSpan? Remaining() => Shorter(
        policy.AttemptTimeout, Shorter(policy.Deadline - policy.Time.GetElapsedTime(_started), RetryDeadline.Remaining));

    private static TimeSpan? Shorter(TimeSpan? one, TimeSpan? other) => other is null || one < other ? one : other;
}
