using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

/// <summary>One process with its second level, and what it has heard of the others.</summary>
internal sealed class Process : ISecondLevelListener, IAsyncDisposable
{
    public Process(SharedWorld world, Action<SecondLevelOptions>? configure = null)
    {
        var options = new SecondLevelOptions();
        configure?.Invoke(options);
        Backplane = new MemoryBackplane(world.Backplanes);
        world.Backplanes.Add(Backplane);
        Level = new SecondLevel(new SecondLevelParts
        {
            Store = world.Store,
            Backplane = Backplane,
            Locks = world.Locks,
            Options = options,
            Serializers = new CacheSerializers(null, null, "default", Log),
            Name = "default",
            Time = world.Time,
            Logger = Log,
        });
        Level.Listen(this);
    }

    public static EntrySettings Settings { get; } = EntrySettings.BuiltIn;

    /// <summary>With an hour of fail-safe after the five minutes.</summary>
    public static EntrySettings FailSafe { get; } = Settings with { FailSafeMaxDuration = TimeSpan.FromHours(1) };

    public SecondLevel Level { get; }

    public MemoryBackplane Backplane { get; }

    public RecordingLogger Log { get; } = new();

    public List<string> Heard { get; } = [];

    public ValueTask<SecondLevelRead<T>> ReadAsync<T>(string key, params string[] tags) => Level.ReadAsync<T>(key, tags, Settings, hasStale: false, default);

    public ValueTask SetAsync<T>(string key, T value, params string[] tags) => Level.SetAsync(key, value, tags, Settings, default);

    /// <summary>Reads the stamp, then writes, as a load that nothing disturbs.</summary>
    public async Task LoadAsync<T>(string key, T value, EntrySettings? settings = null, params string[] tags) =>
        await Level.StoreLoadedAsync(key, value, tags, (await ReadAsync<T>(key, tags)).Stamp, settings ?? Settings, default);

    public async Task<T?> ValueAsync<T>(string key, params string[] tags) => (await ReadAsync<T>(key, tags)).Value;

    public async Task<SecondLevelFreshness> FreshnessAsync<T>(string key, params string[] tags) => (await ReadAsync<T>(key, tags)).Freshness;

    public void KeyRemoved(string key) => Heard.Add($"removed {key}");

    public void KeyExpired(string key) => Heard.Add($"expired {key}");

    public void TagInvalidated(string tag) => Heard.Add($"tag {tag}");

    public void Missed() => Heard.Add("missed");

    public ValueTask DisposeAsync() => Level.DisposeAsync();
}
