using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

/// <summary>Whole caches over the second level that the processes of a test share.</summary>
internal static class TwoLevelCache
{
    /// <summary>How long a test waits for what must come, before it fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static ProDevHybridCache Create(
        SharedWorld world, CacheEntryOptions? defaults = null, IServiceProvider? services = null, double jitter = 0, ILogger? logger = null)
    {
        logger ??= NullLogger.Instance;
        var serializers = new CacheSerializers(services, null, CacheParts.DefaultName, logger);
        return new ProDevHybridCache(
            new ProDevCachingOptions { DefaultEntryOptions = defaults ?? new CacheEntryOptions() },
            new CacheParts
            {
                Time = world.Time,
                Random = () => jitter,
                Logger = logger,
                Serializers = serializers,
                SecondLevel = new SecondLevel(new SecondLevelParts
                {
                    Store = world.Store,
                    Locks = world.Locks,
                    Options = new SecondLevelOptions(),
                    Serializers = serializers,
                    Name = CacheParts.DefaultName,
                    Time = world.Time,
                    Logger = logger,
                }),
            });
    }

    /// <summary>Lets calls of the store whose name begins with a text wait until the answer is completed.</summary>
    public static TaskCompletionSource Hold(this MemoryStore store, string call)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Before = (begun, _) => begun.StartsWith(call, StringComparison.Ordinal) ? gate.Task : Task.CompletedTask;
        return gate;
    }
}
