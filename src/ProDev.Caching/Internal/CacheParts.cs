using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ProDev.Caching.Internal;

/// <summary>What a cache is put together from, besides its options.</summary>
internal sealed record CacheParts
{
    public const string DefaultName = "default";

    /// <summary>Its name in metrics and logs.</summary>
    public string Name { get; init; } = DefaultName;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Null: strings, bytes and JSON.</summary>
    public CacheSerializers? Serializers { get; init; }

    public SecondLevel? SecondLevel { get; init; }
}
