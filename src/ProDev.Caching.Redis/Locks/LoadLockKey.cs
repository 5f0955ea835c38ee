using StackExchange.Redis;

namespace ProDev.Caching.Redis;

/// <summary>A lock's name together with the token of one attempt to hold it: only that attempt's lock is ever renewed or released.</summary>
internal sealed class LoadLockKey(IConnectionMultiplexer multiplexer, RedisKeys keys, string key, TimeSpan lease)
{
    private readonly IDatabase _database = multiplexer.GetDatabase();
    private readonly RedisKey[] _name = [keys.Lock(key)];
    private readonly RedisValue _token = Guid.NewGuid().ToByteArray();

    public Task<bool> TakeAsync() => _database.StringSetAsync(_name[0], _token, lease, When.NotExists);

    public async Task<bool> RenewAsync() =>
        (bool)await _database.ScriptEvaluateAsync(LoadLockScripts.Renew, _name, [_token, (long)lease.TotalMilliseconds]).ConfigureAwait(false);

    /// <summary>Releases it, if it is held, and tells those who wait. Does not throw: a lock that stays behind ends with its lease.</summary>
    public async Task ReleaseAsync()
    {
        try
        {
            if ((bool)await _database.ScriptEvaluateAsync(LoadLockScripts.Release, _name, [_token]).ConfigureAwait(false))
                await multiplexer.GetSubscriber().PublishAsync(keys.Releases, key).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            // Nobody waits for it.
        }
    }
}
