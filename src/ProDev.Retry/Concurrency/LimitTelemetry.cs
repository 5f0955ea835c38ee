using System.Diagnostics.Metrics;

namespace ProDev.Retry;

/// <summary>The measurements of concurrency limits. Nothing is allocated, and nothing counted, while nobody listens.</summary>
internal static class LimitTelemetry
{
    private static readonly Counter<long> Rejections = RetryMeter.Counter(
        "prodev.limit.rejections", "{call}", "Calls that a concurrency limit refused: because places and queue were full, or after the longest wait.");

    public static void Full(string name) => Count(name, "full");

    public static void WaitedTooLong(string name) => Count(name, "timeout");

    private static void Count(string name, string reason) =>
        Rejections.CountOne(new KeyValuePair<string, object?>("limit.name", name), new KeyValuePair<string, object?>("limit.reason", reason));
}
