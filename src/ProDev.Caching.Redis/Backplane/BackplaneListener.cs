using StackExchange.Redis;

namespace ProDev.Caching.Redis;

/// <summary>
/// Listens for one cache. Subscribes in the background, as often as it takes; then the driver keeps the subscription, and this counts numbers,
/// sends heartbeats, and says "missed" after each reconnect.
/// </summary>
internal sealed class BackplaneListener : IAsyncDisposable
{
    private readonly RedisConnection _connection;
    private readonly RedisChannel _channel;
    private readonly BackplaneSender _sender;
    private readonly Action<CacheNotice> _received;
    private readonly Action _missed;
    private readonly TimeProvider _time;
    private readonly TimeSpan _silence;
    private readonly SenderNumbers _numbers;
    private readonly ITimer _heart;
    private readonly Task _subscribing;

    // Neither is disposed: an event may come in while the listening ends, and neither holds more than memory.
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _restored = new(0);

    private volatile IConnectionMultiplexer? _multiplexer;
    private volatile ChannelMessageQueue? _subscription;

    // Times without a subscription that the cache has not been told of yet; the first is the one before there was any.
    private int _untold = 1;

    public BackplaneListener(
        RedisConnection connection, RedisChannel channel, BackplaneSender sender, Action<CacheNotice> received, Action missed, TimeSpan heartbeat, TimeProvider time)
    {
        _connection = connection;
        _channel = channel;
        _sender = sender;
        _received = received;
        _missed = missed;
        _time = time;
        _silence = heartbeat * RedisCacheDefaults.SilentHeartbeats;
        _numbers = new SenderNumbers(time);
        _heart = time.CreateTimer(static state => ((BackplaneListener)state!).Beat(), this, heartbeat, heartbeat);
        _subscribing = Task.Run(SubscribeAsync);
    }

    /// <summary>Whether the subscription stands and the cache has been told of all that was missed. Known from the driver; Redis is not asked.</summary>
    public bool IsConnected => !_stop.IsCancellationRequested && _subscription is not null && Volatile.Read(ref _untold) == 0
        && _multiplexer!.GetSubscriber().IsConnected(_channel);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _heart.DisposeAsync().ConfigureAwait(false);
        await _subscribing.ConfigureAwait(false);
        if (_multiplexer is { } multiplexer)
            multiplexer.ConnectionRestored -= OnRestored;
        if (_subscription is { } subscription)
            await subscription.UnsubscribeAsync(CommandFlags.FireAndForget).ConfigureAwait(false);
    }

    private async Task SubscribeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var multiplexer = await _connection.GetAsync(_stop.Token).ConfigureAwait(false);
                Attach(multiplexer);
                _subscription = await ChannelSubscription.OpenAsync(multiplexer.GetSubscriber(), _channel).ConfigureAwait(false);
                _subscription.OnMessage(Receive);
                await CatchUpAsync(multiplexer).ConfigureAwait(false);
                return;
            }
            catch (Exception)
            {
                // Whatever it is, from a server that is away to a setting that the application's multiplexer cannot live with: the
                // cache works without notices, its entries just expire by time, and the next attempt may succeed.
                await RestAsync().ConfigureAwait(false);
            }
        }
    }

    private void Attach(IConnectionMultiplexer multiplexer)
    {
        if (_multiplexer is not null)
            return;
        _multiplexer = multiplexer;
        multiplexer.ConnectionRestored += OnRestored;
    }

    private async Task RestAsync()
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var delay = Task.Delay(RedisCacheDefaults.SubscribeRetryDelay, _time, rest.Token);
        await Task.WhenAny(delay, _restored.WaitAsync(rest.Token)).ConfigureAwait(false);
        await rest.CancelAsync().ConfigureAwait(false);
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs restored)
    {
        if (_stop.IsCancellationRequested)
            return;
        if (_subscription is null)
        {
            _restored.Release();
            return;
        }

        Interlocked.Increment(ref _untold);
        _ = CatchUpAsync(_multiplexer!); // Attached before, or there were no event.
    }

    /// <summary>After a time without a subscription. The ping goes the way of the subscription, so its answer says that this one stands again.</summary>
    private async Task CatchUpAsync(IConnectionMultiplexer multiplexer)
    {
        try
        {
            await multiplexer.GetSubscriber().PingAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            // Lost again, and then restored again. What was missed until now is said in any case.
        }

        Missed();
        Interlocked.Decrement(ref _untold);
        await _sender.SendHeartbeatAsync(multiplexer).ConfigureAwait(false);
    }

    private void Receive(ChannelMessage arrived)
    {
        if (!BackplaneMessage.TryParse(arrived.Message, out var message))
        {
            Missed();
            return;
        }

        if (message.Node == _sender.Node)
            return;
        if (_numbers.IsGap(message))
            Missed();
        if (message.ToNotice() is { } notice)
            Deliver(notice);
    }

    private void Deliver(CacheNotice notice)
    {
        try
        {
            if (!_stop.IsCancellationRequested)
                _received(notice);
        }
        catch (Exception)
        {
            // The cache's own fault must end neither the listening nor the process. What the notice has done is not known.
            Missed();
        }
    }

    private void Missed()
    {
        try
        {
            if (!_stop.IsCancellationRequested)
                _missed();
        }
        catch (Exception)
        {
            // As above, and there is nobody left to tell.
        }
    }

    private void Beat()
    {
        _numbers.Forget(_silence);
        if (_multiplexer is { } multiplexer)
            _ = _sender.SendHeartbeatAsync(multiplexer);
    }
}
