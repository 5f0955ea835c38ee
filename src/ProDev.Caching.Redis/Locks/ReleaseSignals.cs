using StackExchange.Redis;

namespace ProDev.Caching.Redis;

/// <summary>Wakes those who wait for a lock when its release is announced.</summary>
internal sealed class ReleaseSignals(RedisChannel channel) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskCompletionSource> _waiting = [];
    private Task<ChannelMessageQueue>? _subscription;

    /// <summary>Completes when announcements are heard. The first call subscribes; one after a failure tries again.</summary>
    public Task ListenAsync(IConnectionMultiplexer multiplexer)
    {
        lock (_gate)
        {
            if (_subscription is null or { IsFaulted: true } or { IsCanceled: true })
                _subscription = SubscribeAsync(multiplexer.GetSubscriber());
            return _subscription;
        }
    }

    /// <summary>What completes at the next release of the key.</summary>
    public Task Of(string key)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(key, out var signal))
                _waiting.Add(key, signal = new(TaskCreationOptions.RunContinuationsAsynchronously));
            return signal.Task;
        }
    }

    /// <summary>Wakes all who wait for the key. Who has waited long enough calls it, too: the others then look again, and nothing stays behind.</summary>
    public void Set(string key)
    {
        TaskCompletionSource? signal;
        lock (_gate)
            _waiting.Remove(key, out signal);
        signal?.TrySetResult();
    }

    public void Dispose()
    {
        Task<ChannelMessageQueue>? subscription;
        lock (_gate)
            subscription = _subscription;
        _ = UnsubscribeAsync(subscription);
    }

    private async Task<ChannelMessageQueue> SubscribeAsync(ISubscriber subscriber)
    {
        var subscription = await ChannelSubscription.OpenAsync(subscriber, channel).ConfigureAwait(false);
        subscription.OnMessage(message => Set(message.Message.ToString()));
        return subscription;
    }

    private static async Task UnsubscribeAsync(Task<ChannelMessageQueue>? subscription)
    {
        try
        {
            if (subscription is not null)
                await (await subscription.ConfigureAwait(false)).UnsubscribeAsync(CommandFlags.FireAndForget).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            // The connection is gone, and the subscription with it.
        }
    }
}
