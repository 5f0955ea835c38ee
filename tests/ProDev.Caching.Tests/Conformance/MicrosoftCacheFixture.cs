using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Internal;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests.Conformance;

/// <summary>The control: Microsoft's HybridCache, in memory only. Its tags and its memory read the time in two ways.</summary>
public sealed class MicrosoftCacheFixture : ICacheFixture
{
    private readonly ServiceProvider _services;

    public MicrosoftCacheFixture()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddMemoryCache(options => options.Clock = new MemoryClock(Time));
        services.AddHybridCache(options => options.DefaultEntryOptions = new HybridCacheEntryOptions
        {
            Expiration = HybridCacheCases<MicrosoftCacheFixture>.DefaultExpiration,
            LocalCacheExpiration = HybridCacheCases<MicrosoftCacheFixture>.DefaultExpiration,
        });
        _services = services.BuildServiceProvider();
        Cache = _services.GetRequiredService<HybridCache>();
    }

    public HybridCache Cache { get; }

    public FakeTimeProvider Time { get; } = new();

    public void Dispose() => _services.Dispose();

    private sealed class MemoryClock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
