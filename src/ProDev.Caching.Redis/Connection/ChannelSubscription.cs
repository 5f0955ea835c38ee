using StackExchange.Redis;

namespace ProDev.Caching.Redis;

/// <summary>Subscribes to a channel of ours. The driver then subscribes again by itself after each reconnect.</summary>
internal static class ChannelSubscription
{
    public static async Task<ChannelMessageQueue> OpenAsync(ISubscriber subscriber, RedisChannel channel)
    {
        try
        {
            return await subscriber.SubscribeAsync(channel).ConfigureAwait(false);
        }
        catch
        {
            // The driver keeps what it could not subscribe to and makes up for it later: messages would pile up in a queue nobody reads.
            await subscriber.UnsubscribeAsync(channel, handler: null, CommandFlags.FireAndForget).ConfigureAwait(false);
            throw;
        }
    }
}
