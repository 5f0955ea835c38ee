using Microsoft.Extensions.DependencyInjection;
using ProDev.Benchmarks;
using StackExchange.Redis;

namespace ProDev.Caching.Benchmarks;

/// <summary>One caller reads one entry, which has two tags, again and again from Redis and never from memory. An operation is a read.</summary>
internal class RedisRead<T>(string name, RedisPeer peer, T value) : MacroCase(name)
{
    protected const int Reads = 500;

    private static readonly string[] Tags = ["towns", "country:FR"];

    private readonly string _prefix = $"{{bench:{Guid.NewGuid():n}}}:";
    private IConnectionMultiplexer? _redis;
    private ServiceProvider? _provider;
    private Func<ValueTask<T>> _read = static () => throw new InvalidOperationException("The case is not open.");

    protected IConnectionMultiplexer Redis => _redis!;

    public override async Task OpenAsync(string directory)
    {
        _redis = await RedisSuite.ConnectAsync();
        _provider = peer.Build(_redis, _prefix);
        _read = await peer.OpenAsync(_provider, value, Tags);
    }

    public override async Task<long> RunAsync()
    {
        for (var read = 0; read < Reads; read++)
            await _read();
        return Reads;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_redis is null)
            return;

        // First: some caches take the connection with them.
        foreach (var server in _redis.GetServers())
        {
            await foreach (var key in server.KeysAsync(pattern: _prefix + "*"))
                await _redis.GetDatabase().KeyDeleteAsync(key);
        }

        if (_provider is not null)
            await _provider.DisposeAsync();
        await _redis.DisposeAsync();
    }
}
