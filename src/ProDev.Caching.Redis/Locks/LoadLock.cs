using StackExchange.Redis;

namespace ProDev.Caching.Redis;

/// <summary>A lock that is held: renewed by a timer until it is disposed or lost.</summary>
internal sealed class LoadLock : IAsyncDisposable
{
    private readonly LoadLockKey _key;
    private readonly ITimer _timer;
    private int _renewing;
    private int _released;

    public LoadLock(LoadLockKey key, TimeSpan lease, TimeProvider time)
    {
        _key = key;
        var third = lease / 3;
        _timer = time.CreateTimer(static state => _ = ((LoadLock)state!).RenewAsync(), this, third, third);
    }

    /// <summary>Whether it is still renewed.</summary>
    public bool IsHeld => Volatile.Read(ref _released) == 0;

    /// <summary>Ends the renewal and releases the lock in the background: who has loaded need not wait for that.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            _timer.Dispose();
            _ = _key.ReleaseAsync();
        }

        return default;
    }

    private async Task RenewAsync()
    {
        if (Interlocked.Exchange(ref _renewing, 1) == 1)
            return; // The one before has no answer yet, and asking twice makes no server faster.
        try
        {
            if (!await _key.RenewAsync().ConfigureAwait(false))
            {
                // Lost: the lease ended during an outage, and another process may hold it. The load goes on, it is only not alone.
                Interlocked.Exchange(ref _released, 1);
                await _timer.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            // Away for now. The next tick tries again and learns whether the lock outlived it.
        }
        finally
        {
            Volatile.Write(ref _renewing, 0);
        }
    }
}
