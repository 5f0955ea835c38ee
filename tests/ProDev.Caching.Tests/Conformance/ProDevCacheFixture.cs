using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests.Conformance;

/// <summary>Our cache, in memory only.</summary>
public sealed class ProDevCacheFixture : ICacheFixture
{
    public ProDevCacheFixture() => Cache = new ProDevHybridCache(
        new ProDevCachingOptions { DefaultEntryOptions = { Expiration = HybridCacheCases<ProDevCacheFixture>.DefaultExpiration } }, Time);

    public HybridCache Cache { get; }

    public FakeTimeProvider Time { get; } = new();

    public void Dispose()
    {
        // It holds nothing that would have to be given back.
    }
}
