namespace ProDev.Retry;

/// <summary>What listeners subscribe to.</summary>
internal static class RetryTelemetryNames
{
    public const string Meter = "ProDev.Retry";
}
