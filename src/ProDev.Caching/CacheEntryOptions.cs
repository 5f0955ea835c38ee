using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching;

/// <summary>
/// How a value is loaded and kept. A property that is null takes the cache's default (<see cref="ProDevCachingOptions.DefaultEntryOptions"/>),
/// and where that is null, too, what the property's own text says.
/// </summary>
/// <remarks>Bindable from configuration. Read when a call misses; not safe to change while calls run.</remarks>
public sealed record CacheEntryOptions
{
    /// <summary>How long a value counts as fresh, in all levels. Greater than zero.</summary>
    /// <value>null in the defaults: 5 minutes. <see cref="TimeSpan.MaxValue"/>: until it is removed or evicted.</value>
    public TimeSpan? Expiration { get; set; }

    /// <summary>How long a value counts as fresh in this process's memory; never longer than <see cref="Expiration"/>. Greater than zero.</summary>
    /// <value>null in the defaults: as <see cref="Expiration"/>.</value>
    public TimeSpan? LocalExpiration { get; set; }

    /// <summary>
    /// In this process's memory a value also expires when it has not been read for this time, with a precision of an eighth of it.
    /// Reading never prolongs a value beyond its <see cref="Expiration"/>. Greater than zero.
    /// </summary>
    /// <value>null in the defaults: reading has no influence.</value>
    public TimeSpan? SlidingExpiration { get; set; }

    /// <summary>
    /// Each value is kept in this process's memory for a random time longer, up to this, so that values stored together do not
    /// expire together. Zero or more.
    /// </summary>
    /// <value>null in the defaults: zero.</value>
    public TimeSpan? JitterMaxDuration { get; set; }

    /// <summary>
    /// Fail-safe: how long after its expiration a value may still be served when loading a new one fails or takes longer than
    /// <see cref="FactorySoftTimeout"/>. A value that was removed, by key or by tag, is never served again. Zero or more.
    /// </summary>
    /// <value>null in the defaults: zero, which means that an expired value is never served.</value>
    public TimeSpan? FailSafeMaxDuration { get; set; }

    /// <summary>How long a stale value is served without another try, after a load has failed. Greater than zero.</summary>
    /// <value>null in the defaults: 30 seconds.</value>
    public TimeSpan? FailSafeThrottleDuration { get; set; }

    /// <summary>
    /// How long callers wait for a load while a stale value is at hand; then they get that, and the load goes on in the background.
    /// Zero or more; zero answers the stale value at once. Counted from the start of the load. A caller that runs a synchronous
    /// factory on its own thread is not interrupted.
    /// </summary>
    /// <value>null in the defaults: as long as the load takes.</value>
    public TimeSpan? FactorySoftTimeout { get; set; }

    /// <summary>
    /// How long one caller waits for a load at most; then it gets a stale value if there is one, or a <see cref="TimeoutException"/>, and the
    /// load goes on in the background. Greater than zero. A caller that runs a synchronous factory on its own thread is not interrupted.
    /// </summary>
    /// <value>null in the defaults: as long as the load takes.</value>
    public TimeSpan? FactoryHardTimeout { get; set; }

    /// <summary>
    /// The part of its life in this process's memory after which the first read of a value also starts to load the next one in the
    /// background. Between 0 and 1, both excluded.
    /// </summary>
    /// <value>null in the defaults: values are not refreshed before they expire.</value>
    public double? EagerRefreshThreshold { get; set; }

    /// <summary>What becomes of a null.</summary>
    /// <value>null in the defaults: <see cref="NullCaching.Cache"/>.</value>
    public NullCaching? Nulls { get; set; }

    /// <summary>How long a null counts as fresh, when that is shorter than <see cref="Expiration"/>. Greater than zero.</summary>
    /// <value>null in the defaults: as long as any value.</value>
    public TimeSpan? NullExpiration { get; set; }

    /// <summary>
    /// How long a failure of the factory is remembered in this process: callers of that time get the same exception and nothing is
    /// run. Cancellation is never remembered; a stale value, where fail-safe has one, comes first. Zero or more.
    /// </summary>
    /// <value>null in the defaults: zero; the next caller tries again.</value>
    public TimeSpan? FailureExpiration { get; set; }

    /// <summary>How much of the limit by weight a value takes. At least 1.</summary>
    /// <value>null in the defaults: 1.</value>
    public long? Weight { get; set; }

    /// <summary>Whether callers share the object in this process's memory or get a copy each.</summary>
    /// <value>null in the defaults: <see cref="ValueIsolation.Auto"/>.</value>
    public ValueIsolation? Isolation { get; set; }

    /// <summary>
    /// How long a load waits for the second level while a stale value is at hand; then it goes on as if the second level had
    /// nothing. Greater than zero.
    /// </summary>
    /// <value>null in the defaults: as <see cref="DistributedHardTimeout"/>.</value>
    public TimeSpan? DistributedSoftTimeout { get; set; }

    /// <summary>How long a call waits for the second level at most; then it goes on as if the second level had nothing. Greater than zero.</summary>
    /// <value>null in the defaults: 1 second.</value>
    public TimeSpan? DistributedHardTimeout { get; set; }

    /// <summary>Which levels the call reads and writes.</summary>
    /// <value>null in the defaults: all.</value>
    public HybridCacheEntryFlags? Flags { get; set; }
}
