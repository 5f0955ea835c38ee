using ProDev.Caching.Internal;

namespace ProDev.Caching;

/// <summary>
/// The settings of a <see cref="ProDevHybridCache"/>. They can be bound from configuration and are checked when the host
/// starts, or else when the cache is first used; all faults are reported together. Changes after that have no effect.
/// </summary>
public sealed class ProDevCachingOptions
{
    /// <summary>How values are loaded and kept when neither the call nor the attribute says otherwise.</summary>
    /// <value>A fresh object: 5 minutes, no fail-safe, no timeouts.</value>
    public CacheEntryOptions DefaultEntryOptions { get; set; } = new();

    /// <summary>
    /// The most entries the cache holds in memory, those of decorated methods included. A write beyond it evicts the oldest
    /// entry that was not read lately. At least 1.
    /// </summary>
    /// <value>100,000.</value>
    public int MaximumEntries { get; set; } = CachingDefaults.MaximumEntries;
}
