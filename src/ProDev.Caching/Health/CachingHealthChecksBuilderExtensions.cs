using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProDev.Caching;
using ProDev.Caching.Internal;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Health checks of caches.</summary>
public static class CachingHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a health check of the <see cref="ProDevHybridCache"/> without a key. It reports the failure status while the second level, the backplane or
    /// the load locks do not answer, the backplane is not connected, or changes wait to be delivered; and unhealthy, whatever the failure status, when the
    /// cache was disposed. A cache without a second level is healthy.
    /// </summary>
    /// <remarks>
    /// <para>The check reads what the cache knows already and asks no server, so it neither hangs nor adds load. What is down is found out by the
    /// calls of the application, and by deliveries of what waits; where there are none, an outage, and its end, may show late. A backplane that knows
    /// its connection shows it at once.</para>
    /// <para>Data, by key: <c>secondLevel</c>, <c>backplane</c> and <c>loadLocks</c> are <c>none</c>, <c>closed</c> (calls go through), <c>open</c> (it failed
    /// and is left alone) or <c>halfOpen</c> (the next call tries it). Each, with <c>.brokenSince</c> and <c>.askedAgainAt</c> behind it, is a
    /// <see cref="DateTimeOffset"/>, there only while it applies. <c>backplane.connected</c> is a <see cref="bool"/>, there only if the backplane knows.
    /// <c>pendingChanges</c> is the number of keys and tags whose changes wait, an <see cref="int"/>.</para>
    /// </remarks>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">
    /// What is reported in an outage. Null: <see cref="HealthStatus.Degraded"/>, because memory goes on serving; an application that cannot do without the
    /// second level says <see cref="HealthStatus.Unhealthy"/>.
    /// </param>
    /// <param name="tags">Names by which endpoints choose checks; null: none.</param>
    /// <param name="timeout">How long the check may take; null: as long as it likes, which is no time, since it waits for nothing.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is zero or less.</exception>
    public static IHealthChecksBuilder AddProDevCaching(
        this IHealthChecksBuilder builder,
        string name = CachingDefaults.HealthCheckName,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Add(builder, name, static services => services.GetRequiredService<ProDevHybridCache>(), failureStatus, tags, timeout);
    }

    /// <summary>As <see cref="AddProDevCaching"/>, for the cache under a key.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="serviceKey">The key of the cache.</param>
    /// <param name="name">The name of the check; null: <c>prodev-cache-KEY</c>.</param>
    /// <param name="failureStatus">What is reported in an outage; null: <see cref="HealthStatus.Degraded"/>.</param>
    /// <param name="tags">Names by which endpoints choose checks; null: none.</param>
    /// <param name="timeout">How long the check may take; null: as long as it likes, which is no time.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="serviceKey"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is zero or less.</exception>
    public static IHealthChecksBuilder AddKeyedProDevCaching(
        this IHealthChecksBuilder builder,
        object serviceKey,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(serviceKey);
        return Add(
            builder,
            name ?? $"{CachingDefaults.HealthCheckName}-{serviceKey}",
            services => services.GetRequiredKeyedService<ProDevHybridCache>(serviceKey),
            failureStatus,
            tags,
            timeout);
    }

    private static IHealthChecksBuilder Add(
        IHealthChecksBuilder builder,
        string name,
        Func<IServiceProvider, ProDevHybridCache> cache,
        HealthStatus? failureStatus,
        IEnumerable<string>? tags,
        TimeSpan? timeout) => builder.Add(
            new HealthCheckRegistration(name, services => new CacheHealthCheck(cache(services)), failureStatus ?? HealthStatus.Degraded, tags, timeout));
}
