using System.Diagnostics.Metrics;

namespace ProDev.Retry;

/// <summary>The one meter of the package.</summary>
internal static class RetryMeter
{
    private static readonly Meter Meter = new(RetryTelemetryNames.Meter);

    public static Counter<long> Counter(string name, string unit, string description) => Meter.CreateCounter<long>(name, unit, description);

    public static Histogram<double> Seconds(string name, string description) => Meter.CreateHistogram<double>(name, "s", description);
}
