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
    /// The most entries the cache holds in memory, those of decorated methods included. A write beyond it evicts the entry that
    /// is the least worth keeping by how often and how lately it was read, which may be the one just written. Concurrent writes
    /// may exceed it for a moment by a few dozen entries. Ignored when <see cref="MaximumWeight"/> is set. At least 1.
    /// </summary>
    /// <value>100,000.</value>
    public int MaximumEntries { get; set; } = CachingDefaults.MaximumEntries;

    /// <summary>
    /// The most the entries may weigh together, in a unit of your choice, instead of <see cref="MaximumEntries"/>. Nothing gives
    /// an entry another weight than 1 yet: until then this counts entries as well, but may be larger. An entry heavier than 99 %
    /// of it is not kept. At least 1.
    /// </summary>
    /// <value>null: entries are counted, not weighed.</value>
    public long? MaximumWeight { get; set; }
}
