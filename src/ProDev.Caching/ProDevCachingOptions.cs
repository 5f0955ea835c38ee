using Microsoft.Extensions.Caching.Hybrid;
using ProDev.Caching.Internal;

namespace ProDev.Caching;

/// <summary>
/// The settings of a <see cref="ProDevHybridCache"/>. They can be bound from configuration and are checked when the host
/// starts, or else when the cache is first used; all faults are reported together. Changes after that have no effect.
/// </summary>
public sealed class ProDevCachingOptions
{
    /// <summary>How long a value is kept when neither the call nor the attribute says so. Greater than zero.</summary>
    /// <value>5 minutes. <see cref="TimeSpan.MaxValue"/> keeps values until they are removed or evicted.</value>
    public TimeSpan DefaultExpiration { get; set; } = CachingDefaults.Expiration;

    /// <summary>
    /// How long a value is kept in this process's memory when the call does not say so. Greater than zero. The smaller of
    /// this and the value's expiration counts, as with <see cref="HybridCacheEntryOptions.LocalCacheExpiration"/>.
    /// </summary>
    /// <value>null: as long as the value's expiration.</value>
    public TimeSpan? DefaultLocalExpiration { get; set; }

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
