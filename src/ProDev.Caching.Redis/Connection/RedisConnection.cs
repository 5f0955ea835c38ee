using StackExchange.Redis;

namespace ProDev.Caching.Redis;

/// <summary>
/// The multiplexer of one cache: made in the background at first use, or the application's own. Only the first is disposed here.
/// </summary>
internal sealed class RedisConnection(Func<Task<IConnectionMultiplexer>> connect, bool isOwned, TimeProvider time) : IAsyncDisposable, IDisposable
{
    private readonly Lock _gate = new();
    private Task<IConnectionMultiplexer>? _connecting;
    private Task<IConnectionMultiplexer>? _patience;
    private volatile IConnectionMultiplexer? _multiplexer;
    private bool _disposed;

    /// <summary>Answers the multiplexer, connected or not; while it is being made, waits a little and then throws.</summary>
    public ValueTask<IConnectionMultiplexer> GetAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IConnectionMultiplexer>(cancellationToken);
        return _multiplexer is { } made ? new(made) : new(MakeAsync().WaitAsync(cancellationToken));
    }

    public async ValueTask<IDatabase> GetDatabaseAsync(CancellationToken cancellationToken) =>
        (await GetAsync(cancellationToken).ConfigureAwait(false)).GetDatabase();

    public void Dispose() => Close()?.Dispose();

    public ValueTask DisposeAsync() => Close()?.DisposeAsync() ?? default;

    private Task<IConnectionMultiplexer> MakeAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_patience is not null && _connecting is { IsFaulted: false, IsCanceled: false })
                return _patience;
            _connecting = Task.Run(ConnectAsync);
            return _patience = WithPatienceAsync(_connecting);
        }
    }

    private async Task<IConnectionMultiplexer> ConnectAsync()
    {
        var made = await connect().ConfigureAwait(false);
        bool isLate;
        lock (_gate)
        {
            isLate = _disposed;
            if (!isLate)
                _multiplexer = made;
        }

        if (isLate && isOwned)
            await made.DisposeAsync().ConfigureAwait(false);
        return made;
    }

    // One wait for all callers: who calls when the patience is used up is told at once.
    private async Task<IConnectionMultiplexer> WithPatienceAsync(Task<IConnectionMultiplexer> connecting)
    {
        try
        {
            return await connecting.WaitAsync(RedisCacheDefaults.ConnectPatience, time).ConfigureAwait(false);
        }
        catch (TimeoutException timeout) when (timeout is not RedisTimeoutException)
        {
            throw new RedisConnectionException(
                ConnectionFailureType.UnableToConnect,
                CommandFlags.None,
                $"Redis has not answered within '{RedisCacheDefaults.ConnectPatience}' of the first attempt to connect, which goes on in the background. "
                + "Until it succeeds the cache works without its second level; check RedisCacheOptions.Configuration and the server.",
                timeout,
                CommandStatus.WaitingToBeSent);
        }
    }

    private IConnectionMultiplexer? Close()
    {
        lock (_gate)
        {
            var open = _disposed || !isOwned ? null : _multiplexer;
            _disposed = true;
            return open;
        }
    }
}
