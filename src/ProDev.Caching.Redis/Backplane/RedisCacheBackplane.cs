namespace ProDev.Caching.Redis;

/// <summary>
/// Notices over pub/sub. That delivers at most once, so every notice has a number of its sender, every sender announces its last number from time to
/// time, and whoever finds a gap, reconnects, or cannot read a message says that it missed something.
/// </summary>
internal sealed class RedisCacheBackplane(RedisConnection connection, RedisKeys keys, RedisCacheOptions options, TimeProvider time) : ICacheBackplane
{
    private readonly BackplaneSender _sender = new(connection, keys.Notices);

    // The listener belongs to whoever listens, and is only looked at here.
    private volatile Func<bool>? _isListening;

    public bool? IsConnected => _isListening?.Invoke();

    public ValueTask PublishAsync(CacheNotice notice, CancellationToken cancellationToken) => _sender.SendAsync(notice, cancellationToken);

    public IAsyncDisposable Listen(Action<CacheNotice> received, Action missed)
    {
        ArgumentNullException.ThrowIfNull(received);
        ArgumentNullException.ThrowIfNull(missed);
        var listener = new BackplaneListener(connection, keys.Notices, _sender, received, missed, options.HeartbeatInterval, time);
        _isListening = () => listener.IsConnected;
        return listener;
    }
}
