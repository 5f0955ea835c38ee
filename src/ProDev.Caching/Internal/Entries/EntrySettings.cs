using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Internal;

/// <summary>What a call's options, the cache's defaults and the built-in defaults come to, with every gap filled. Immutable.</summary>
internal sealed record EntrySettings
{
    public static readonly EntrySettings BuiltIn = new();

    public TimeSpan Expiration { get; init; } = CachingDefaults.Expiration;

    /// <summary>A shorter time in memory, where one was asked for.</summary>
    public TimeSpan? LocalLimit { get; init; }

    /// <summary>How long a value is fresh in memory; zero or less: not kept there.</summary>
    public TimeSpan LocalExpiration => LocalLimit is { } limit && limit < Expiration ? limit : Expiration;

    public TimeSpan? SlidingExpiration { get; init; }

    public TimeSpan JitterMaxDuration { get; init; }

    public TimeSpan FailSafeMaxDuration { get; init; }

    public TimeSpan FailSafeThrottleDuration { get; init; } = CachingDefaults.FailSafeThrottleDuration;

    public TimeSpan? FactorySoftTimeout { get; init; }

    public TimeSpan? FactoryHardTimeout { get; init; }

    public double? EagerRefreshThreshold { get; init; }

    public NullCaching Nulls { get; init; }

    public TimeSpan? NullExpiration { get; init; }

    public TimeSpan FailureExpiration { get; init; }

    public long Weight { get; init; } = 1;

    public ValueIsolation Isolation { get; init; }

    /// <summary>Whether a load never runs without its caller, not even to refresh what others have set.</summary>
    public bool IsAttended { get; init; }

    public TimeSpan? DistributedSoftTimeout { get; init; }

    public TimeSpan DistributedHardTimeout { get; init; } = CachingDefaults.DistributedHardTimeout;

    public HybridCacheEntryFlags Flags { get; init; }

    public bool ReadsLocal => !Flags.HasFlag(HybridCacheEntryFlags.DisableLocalCacheRead);

    public bool WritesLocal => !Flags.HasFlag(HybridCacheEntryFlags.DisableLocalCacheWrite) && LocalExpiration > TimeSpan.Zero;

    public bool ReadsDistributed => !Flags.HasFlag(HybridCacheEntryFlags.DisableDistributedCacheRead);

    public bool WritesDistributed => !Flags.HasFlag(HybridCacheEntryFlags.DisableDistributedCacheWrite) && Expiration > TimeSpan.Zero;

    public bool RunsFactory => !Flags.HasFlag(HybridCacheEntryFlags.DisableUnderlyingData);

    /// <summary>Whether a load may still run when the caller who started it has its answer.</summary>
    public bool MayOutliveCaller => FactorySoftTimeout is not null || FactoryHardTimeout is not null;

    /// <summary>These settings with what the options say in place of it. The options have been checked.</summary>
    public EntrySettings With(CacheEntryOptions? options) => options is null ? this : this with
    {
        Expiration = options.Expiration ?? Expiration,
        LocalLimit = options.LocalExpiration ?? LocalLimit,
        SlidingExpiration = options.SlidingExpiration ?? SlidingExpiration,
        JitterMaxDuration = options.JitterMaxDuration ?? JitterMaxDuration,
        FailSafeMaxDuration = options.FailSafeMaxDuration ?? FailSafeMaxDuration,
        FailSafeThrottleDuration = options.FailSafeThrottleDuration ?? FailSafeThrottleDuration,
        FactorySoftTimeout = options.FactorySoftTimeout ?? FactorySoftTimeout,
        FactoryHardTimeout = options.FactoryHardTimeout ?? FactoryHardTimeout,
        EagerRefreshThreshold = options.EagerRefreshThreshold ?? EagerRefreshThreshold,
        Nulls = options.Nulls ?? Nulls,
        NullExpiration = options.NullExpiration ?? NullExpiration,
        FailureExpiration = options.FailureExpiration ?? FailureExpiration,
        Weight = options.Weight ?? Weight,
        Isolation = options.Isolation ?? Isolation,
        DistributedSoftTimeout = options.DistributedSoftTimeout ?? DistributedSoftTimeout,
        DistributedHardTimeout = options.DistributedHardTimeout ?? DistributedHardTimeout,
        Flags = options.Flags ?? Flags,
    };

    /// <summary>The same for the options of the abstraction, which know less.</summary>
    public EntrySettings With(HybridCacheEntryOptions? options) => options is null ? this : this with
    {
        Expiration = options.Expiration ?? Expiration,
        LocalLimit = options.LocalCacheExpiration ?? LocalLimit,
        Flags = options.Flags ?? Flags,
    };
}
