using ProDev.Caching.Internal;

namespace ProDev.Caching;

/// <summary>
/// The settings of a cache's second level, whichever store it lies on. They can be bound from configuration, under the name of the cache, and are
/// checked when the host starts; all faults are reported together. Changes after that have no effect.
/// </summary>
public sealed class SecondLevelOptions
{
    /// <summary>
    /// Stands before every key and tag in the store. Caches with one prefix share their values, so two applications on one server need two
    /// prefixes. It is not taken from the application's name, because the processes that are to share values need not have the same.
    /// At most 100 characters of printable ASCII without spaces; may be empty. Used by <c>UseDistributedCache</c>; a store of another kind may have a
    /// prefix of its own instead.
    /// </summary>
    /// <value>null: <c>prodev:</c>, or, for a cache with a service key, <c>prodev:KEY:</c>.</value>
    public string? KeyPrefix { get; set; }

    /// <summary>
    /// The most bytes a serialized value may have, before compression. A larger one is not written, and the old one is removed; one that is larger in
    /// the store is not read. At least 1.
    /// </summary>
    /// <value>1,048,576.</value>
    public int MaximumPayloadBytes { get; set; } = SecondLevelDefaults.MaximumPayloadBytes;

    /// <summary>
    /// The size in bytes from which a serialized value is compressed, if that makes it smaller. Zero: whatever its size; null: never.
    /// Zero or more.
    /// </summary>
    /// <value>4,096.</value>
    public int? CompressionThreshold { get; set; } = SecondLevelDefaults.CompressionThreshold;

    /// <summary>
    /// How many failures or timeouts in a row keep calls from asking the store. The backplane and the locks are counted apart, with the
    /// same number. At least 1.
    /// </summary>
    /// <value>3.</value>
    public int BreakThreshold { get; set; } = SecondLevelDefaults.BreakThreshold;

    /// <summary>How long the store is then not asked, before one call tries it; also how often changes that wait are tried again. Greater than zero.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan BreakDuration { get; set; } = SecondLevelDefaults.BreakDuration;

    /// <summary>
    /// The longest a load may take after a miss and still be written. So long, and as long again, a removed key is remembered in the store, so that
    /// a load that began before cannot write it back. Greater than zero.
    /// </summary>
    /// <value>1 minute.</value>
    public TimeSpan TombstoneLifetime { get; set; } = SecondLevelDefaults.TombstoneLifetime;

    /// <summary>
    /// The most keys and tags whose changes wait for a store or a backplane that does not answer. One more, and everything is invalidated
    /// instead. At least 1.
    /// </summary>
    /// <value>1,000.</value>
    public int MaximumPendingChanges { get; set; } = SecondLevelDefaults.MaximumPendingChanges;

    /// <summary>
    /// Where the store has locks: how long a load waits for another process that loads the same key, before it runs all the same. Zero: not at all.
    /// Zero or more.
    /// </summary>
    /// <value>10 seconds.</value>
    public TimeSpan MaximumLoadWait { get; set; } = SecondLevelDefaults.MaximumLoadWait;
}
