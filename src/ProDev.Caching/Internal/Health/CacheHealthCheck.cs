using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ProDev.Caching.Internal;

/// <summary>
/// Tells how a cache stands, by what it knows already. It asks no server: a server that hangs would hang the check, and every process of a
/// fleet would ask again and again what its calls find out anyway.
/// </summary>
internal sealed class CacheHealthCheck(ProDevHybridCache cache) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (cache.IsDisposed)
            return Task.FromResult(HealthCheckResult.Unhealthy("The cache was disposed."));
        var report = CacheHealthReport.Of(cache.Core.SecondLevel?.State);
        return Task.FromResult(report.Faults.Count == 0
            ? HealthCheckResult.Healthy(data: report.Data)
            : new HealthCheckResult(context.Registration.FailureStatus, string.Join(' ', report.Faults), data: report.Data));
    }
}
