using StackExchange.Redis;

namespace ProDev.Caching.Redis;

/// <summary>Numbers this process's notices and sends them in that order.</summary>
internal sealed class BackplaneSender(RedisConnection connection, RedisChannel channel)
{
    private readonly Lock _gate = new();
    private long _number;

    /// <summary>Who sends, anew for each instance.</summary>
    public Guid Node { get; } = Guid.NewGuid();

    /// <summary>Sends a notice. If Redis is away it is lost, but its number is not given again, so that others notice.</summary>
    public async ValueTask SendAsync(CacheNotice notice, CancellationToken cancellationToken)
    {
        var kind = BackplaneMessage.KindOf(notice.Kind);
        IConnectionMultiplexer? multiplexer = null;
        try
        {
            multiplexer = await connection.GetAsync(cancellationToken).ConfigureAwait(false);
            await Send(multiplexer.GetSubscriber(), kind, notice.Subject).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisConnectionException or RedisTimeoutException)
        {
            // Lost, or perhaps not. The number tells.
        }
        finally
        {
            if (multiplexer is null)
                Skip();
        }
    }

    /// <summary>Announces the number of the last notice. Does not throw: the next one says the same.</summary>
    public async Task SendHeartbeatAsync(IConnectionMultiplexer multiplexer)
    {
        try
        {
            await Send(multiplexer.GetSubscriber(), BackplaneMessageKind.Heartbeat, string.Empty).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            // Nobody waits for it.
        }
    }

    // Giving the number and handing over happen under one lock, so that numbers arrive in order and no gap is seen where there is none.
    private Task<long> Send(ISubscriber subscriber, BackplaneMessageKind kind, string subject)
    {
        lock (_gate)
        {
            if (kind != BackplaneMessageKind.Heartbeat)
                _number++;
            return subscriber.PublishAsync(channel, new BackplaneMessage(Node, _number, kind, subject).ToString());
        }
    }

    private void Skip()
    {
        lock (_gate)
            _number++;
    }
}
