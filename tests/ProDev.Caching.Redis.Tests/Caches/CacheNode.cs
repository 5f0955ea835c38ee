using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Redis.Tests;

/// <summary>A cache in a container of its own, as another process has it; what is shared is the Redis.</summary>
internal sealed class CacheNode : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private int _loads;

    public CacheNode(string configuration, string prefix, Action<ProDevCachingOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddProDevCaching(configure)
            .UseRedis(options =>
            {
                options.Configuration = configuration;
                options.KeyPrefix = prefix;
            })
            .ConfigureSecondLevel(options => options.BreakDuration = TimeSpan.FromMilliseconds(200));
        services.AddSingleton<IPopulations>(Populations).DecorateWithCache<IPopulations>();
        _provider = services.BuildServiceProvider();
        Cache = _provider.GetRequiredService<ProDevHybridCache>();
    }

    public ProDevHybridCache Cache { get; }

    public Populations Populations { get; } = new();

    public IPopulations Decorated => _provider.GetRequiredService<IPopulations>();

    /// <summary>How often this node asked the source.</summary>
    public int Loads => _loads;

    public async Task<string> LoadAsync(string key, string value, string? tag = null, CacheEntryOptions? options = null) => await Cache.GetOrCreateAsync(
        key,
        (node: this, value),
        static (state, _, _) =>
        {
            Interlocked.Increment(ref state.node._loads);
            return new ValueTask<string>(state.value);
        },
        options,
        tag is null ? null : [tag]);

    /// <summary>Asks until the answer is the expected one; a test that waits for ever has failed, and says what it saw last.</summary>
    public static async Task UntilAsync<T>(Func<Task<T>> ask, T expected)
    {
        using var timeout = new CancellationTokenSource(RedisNode.Patience);
        T last;
        while (!EqualityComparer<T>.Default.Equals(last = await ask(), expected))
        {
            Assert.False(timeout.IsCancellationRequested, $"Expected '{expected}', but the last answer was '{last}'.");
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync() => await _provider.DisposeAsync();
}
