using Microsoft.Extensions.Logging;

namespace ProDev.Caching.Internal;

/// <summary>What a second level is put together from.</summary>
internal sealed record SecondLevelParts
{
    public required IDistributedCacheStore Store { get; init; }

    public ICacheBackplane? Backplane { get; init; }

    public ICacheLoadLocks? Locks { get; init; }

    public required SecondLevelOptions Options { get; init; }

    public required CacheSerializers Serializers { get; init; }

    /// <summary>The name of the cache in logs.</summary>
    public required string Name { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>How long the calls wait that have no settings.</summary>
    public TimeSpan Timeout { get; init; } = CachingDefaults.DistributedHardTimeout;
}
