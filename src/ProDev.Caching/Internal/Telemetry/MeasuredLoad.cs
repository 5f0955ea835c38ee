using System.Diagnostics;

namespace ProDev.Caching.Internal;

/// <summary>A running factory that somebody measures; the default measures nothing. Disposing it ends the measurement.</summary>
internal struct MeasuredLoad(CacheTelemetry telemetry, Activity? activity, long startedAt) : IDisposable
{
    private bool _succeeded;

    public void Succeeded() => _succeeded = true;

    public readonly void Dispose() => telemetry?.LoadEnded(activity, startedAt, _succeeded);
}
