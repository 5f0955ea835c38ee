using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace ProDev.Caching.Redis.Tests;

/// <summary>
/// What one process has: a connection of its own, and store, backplane and locks over it. Two of them are two nodes. Time is frozen unless a
/// test moves it; what arrives is read by waiting, never by sleeping.
/// </summary>
internal sealed class RedisNode : IAsyncDisposable
{
    /// <summary>How long a test waits for what must happen. Generous, because it only ever ends a test that fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<CacheNotice> _received = Channel.CreateUnbounded<CacheNotice>();
    private readonly Channel<bool> _missed = Channel.CreateUnbounded<bool>();
    private readonly ConcurrentDictionary<(ConnectionType Type, bool IsRestored), Channel<bool>> _connections = [];
    private readonly RedisLoadLocks _locks;
    private IAsyncDisposable? _listening;

    public RedisNode(string configuration, string prefix, RedisCacheOptions? options = null)
    {
        options ??= new RedisCacheOptions();
        Keys = new RedisKeys(prefix);
        Connection = new RedisConnection(() => ConnectAsync(configuration), isOwned: true, Time);
        Store = new RedisCacheStore(Connection, Keys);
        Backplane = new RedisCacheBackplane(Connection, Keys, options, Time);
        _locks = new RedisLoadLocks(Connection, Keys, options, Time);
    }

    public FakeTimeProvider Time { get; } = new();

    public RedisKeys Keys { get; }

    public RedisConnection Connection { get; }

    public IDistributedCacheStore Store { get; }

    public ICacheBackplane Backplane { get; }

    public ICacheLoadLocks Locks => _locks;

    public async Task<IDatabase> DatabaseAsync() => await Connection.GetDatabaseAsync(CancellationToken.None);

    /// <summary>Begins to listen and waits until it does, which is when the cache is told that it missed what was before.</summary>
    public async Task ListenAsync()
    {
        StartListening();
        await MissedAsync();
    }

    public void StartListening() =>
        _listening = Backplane.Listen(notice => _received.Writer.TryWrite(notice), () => _missed.Writer.TryWrite(true));

    public async Task StopListeningAsync()
    {
        if (_listening is not null)
            await _listening.DisposeAsync();
        _listening = null;
    }

    public async Task<CacheNotice> ReceivedAsync() => await _received.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public async Task MissedAsync() => await _missed.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Waits until Redis itself knows of so many listeners: only then is what is published certain to arrive.</summary>
    public async Task ListenersAsync(int count)
    {
        var database = await DatabaseAsync();
        await Eventually.IsTrueAsync(async () => (long)(await database.ExecuteAsync("PUBSUB", "NUMSUB", Keys.Notices.ToString()))[1] == count);
    }

    /// <summary>How often "missed" was said and not read by a test yet.</summary>
    public int MissedCount => _missed.Reader.Count;

    /// <summary>Waits until the connection, for commands or for subscriptions, is back.</summary>
    public Task RestoredAsync(ConnectionType type) => ConnectionAsync(type, isRestored: true);

    /// <summary>Waits until the loss of the connection was noticed.</summary>
    public Task FailedAsync(ConnectionType type) => ConnectionAsync(type, isRestored: false);

    public async ValueTask DisposeAsync()
    {
        await StopListeningAsync();
        _locks.Dispose();
        await Connection.DisposeAsync();
    }

    private async Task ConnectionAsync(ConnectionType type, bool isRestored) =>
        await Events(type, isRestored).Reader.ReadAsync().AsTask().WaitAsync(Patience);

    private Channel<bool> Events(ConnectionType type, bool isRestored) =>
        _connections.GetOrAdd((type, isRestored), static _ => Channel.CreateUnbounded<bool>());

    private async Task<IConnectionMultiplexer> ConnectAsync(string configuration)
    {
        var multiplexer = await RedisConnectionFactory.ConnectAsync(configuration);
        multiplexer.ConnectionRestored += (_, restored) => Events(restored.ConnectionType, isRestored: true).Writer.TryWrite(true);
        multiplexer.ConnectionFailed += (_, failed) => Events(failed.ConnectionType, isRestored: false).Writer.TryWrite(true);
        return multiplexer;
    }
}
