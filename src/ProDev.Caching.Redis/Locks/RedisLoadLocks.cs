namespace ProDev.Caching.Redis;

/// <summary>One key a lock, with a lease and the token of its holder.</summary>
internal sealed class RedisLoadLocks(RedisConnection connection, RedisKeys keys, RedisCacheOptions options, TimeProvider time) : ICacheLoadLocks, IDisposable
{
    private readonly ReleaseSignals _releases = new(keys.Releases);

    public async ValueTask<IAsyncDisposable?> TryAcquireAsync(string key, CancellationToken cancellationToken)
    {
        var multiplexer = await connection.GetAsync(cancellationToken).ConfigureAwait(false);
        var attempt = new LoadLockKey(multiplexer, keys, key, options.LoadLockLease);
        var taken = false;
        var answered = false;
        try
        {
            taken = await attempt.TakeAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            answered = true;
        }
        finally
        {
            // Nobody knows whether a lock without an answer was taken. The release follows it on the same connection.
            if (!answered)
                _ = attempt.ReleaseAsync();
        }

        return taken ? new LoadLock(attempt, options.LoadLockLease, time) : null;
    }

    public async ValueTask WaitAsync(string key, CancellationToken cancellationToken)
    {
        var multiplexer = await connection.GetAsync(cancellationToken).ConfigureAwait(false);
        await _releases.ListenAsync(multiplexer).WaitAsync(cancellationToken).ConfigureAwait(false);
        var released = _releases.Of(key);
        try
        {
            // Asked after the signal was set up: a release is either seen here or announced to it.
            var lease = await multiplexer.GetDatabase().KeyTimeToLiveAsync(keys.Lock(key)).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (lease is null)
                return;
            await WaitAsync(released, Shorter(lease.Value, RedisCacheDefaults.LongestLockWait), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _releases.Set(key);
        }
    }

    public void Dispose() => _releases.Dispose();

    private async Task WaitAsync(Task released, TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            await released.WaitAsync(atMost, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Time to look again.
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
