using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ProDev.Caching.Tests;

/// <summary>An application with health checks, and what its cache's second level lies on.</summary>
internal sealed class HealthWorld
{
    public HealthWorld() => Backplane = new MemoryBackplane(Shared.Backplanes);

    public SharedWorld Shared { get; } = new();

    public MemoryBackplane Backplane { get; }

    /// <summary>A cache in memory only.</summary>
    public static ServiceProvider Alone() => Services(static checks => checks.AddProDevCaching()).BuildServiceProvider();

    /// <summary>A cache with a second level and a backplane; the locks, if wanted, fail.</summary>
    public ServiceProvider Start(bool withLocks = false, Action<IHealthChecksBuilder>? checks = null)
    {
        var services = Services(checks ?? (static checks => checks.AddProDevCaching()));
        services.AddSingleton<TimeProvider>(Shared.Time);
        services.AddSingleton<IDistributedCacheStore>(Shared.Store);
        services.AddSingleton<ICacheBackplane>(Backplane);
        if (withLocks)
            services.AddSingleton<ICacheLoadLocks, BrokenLocks>();
        return services.BuildServiceProvider();
    }

    public static async Task<HealthReport> ReportAsync(IServiceProvider provider) =>
        await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    public static async Task<HealthReportEntry> CheckAsync(IServiceProvider provider) => Assert.Single((await ReportAsync(provider)).Entries).Value;

    /// <summary>The second level, the backplane, the locks.</summary>
    public static string[] Parts(HealthReportEntry entry) => [.. new[] { "secondLevel", "backplane", "loadLocks" }.Select(key => (string)entry.Data[key])];

    /// <summary>Reads that reach the store.</summary>
    public async Task CallAsync(IServiceProvider provider, int times = 1)
    {
        for (var call = 0; call < times; call++)
            await provider.GetRequiredService<ProDevHybridCache>().TryGetAsync<int>($"key {Shared.Store.Calls.Count}");
    }

    private static ServiceCollection Services(Action<IHealthChecksBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddProDevCaching();
        configure(services.AddHealthChecks());
        return services;
    }

    private sealed class BrokenLocks : ICacheLoadLocks
    {
        public ValueTask<IAsyncDisposable?> TryAcquireAsync(string key, CancellationToken cancellationToken) => throw new IOException("The locks are down.");

        public ValueTask WaitAsync(string key, CancellationToken cancellationToken) => throw new IOException("The locks are down.");
    }
}
