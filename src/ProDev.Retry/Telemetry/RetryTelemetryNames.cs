namespace ProDev.Retry;

/// <summary>Names that dashboards depend on.</summary>
internal static class RetryTelemetryNames
{
    public const string Meter = "ProDev.Retry";

    public const string ActivitySource = "ProDev.Retry";
}
