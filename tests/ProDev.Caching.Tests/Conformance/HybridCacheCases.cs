using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests.Conformance;

/// <summary>
/// What every set of cases shares. A set belongs to one topic and knows a cache only as <see cref="HybridCache"/>; each
/// implementation inherits all sets with a fixture of its own.
/// </summary>
public abstract class HybridCacheCases<TFixture> : IDisposable
    where TFixture : ICacheFixture, new()
{
    /// <summary>How long entries live when the call does not say so.</summary>
    public static readonly TimeSpan DefaultExpiration = TimeSpan.FromMinutes(1);

    private readonly TFixture _fixture = new();
    private int _loads;

    protected HybridCache Cache => _fixture.Cache;

    protected FakeTimeProvider Time => _fixture.Time;

    public void Dispose()
    {
        _fixture.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Answers 1 when it loads for the first time, then 2, and so on.</summary>
    protected ValueTask<int> CountAsync(string key = "key", HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null) =>
        Cache.GetOrCreateAsync(key, this, static (self, _) => new ValueTask<int>(Interlocked.Increment(ref self._loads)), options, tags);

    /// <summary>Asks for a value of a source that the test holds.</summary>
    protected Task<T> LoadAsync<T>(HeldSource<T> source, string key = "key", CancellationToken cancellationToken = default) =>
        Cache.GetOrCreateAsync(key, source, static (source, token) => source.LoadAsync(token), cancellationToken: cancellationToken).AsTask();

    /// <summary>Whether the cache holds the key, without changing that.</summary>
    protected async Task<bool> HoldsAsync<T>(string key)
    {
        var loaded = false;
        await Cache.GetOrCreateAsync<T>(
            key,
            _ =>
            {
                loaded = true;
                return default;
            },
            new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableLocalCacheWrite });
        return !loaded;
    }
}
