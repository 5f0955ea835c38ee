using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

/// <summary>An entry without a store.</summary>
internal sealed class TestEntry(long expiresAt = CacheClock.Never)
    : CacheEntry(new EntryTimes(expiresAt, StaleFor: 0, CacheClock.Never, Sliding: 0), now: 0, new TagTable().Stamp(null))
{
    /// <summary>Runs when the entry is evicted, instead of removing it from a store.</summary>
    public Action? OnEvict { get; set; }

    public override void Evict()
    {
        OnEvict?.Invoke();
        MarkRemoved();
    }

    public TestEntry Read(int times)
    {
        for (var read = 0; read < times; read++)
            MarkUsed();
        return this;
    }
}
