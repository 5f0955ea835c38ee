namespace ProDev.Caching.Internal;

// The loop of those who load the same key in several processes: read; if there is nothing fresh, try the lock; whoever gets it reads once more, for
// the one before may have written just now, and loads; whoever does not waits until the lock is likely to be free and begins again. Locks that do
// not answer, a second level that does not, and a wait of MaximumLoadWait end the loop: then the load runs here, whatever others do.
internal sealed partial class SecondLevel
{
    /// <summary>As <see cref="ReadAsync"/>, for a caller who is going to load what is missing: one process at a time, where there are locks.</summary>
    /// <param name="key">The text of the key, region included.</param>
    /// <param name="tags">The tags the call asks for.</param>
    /// <param name="settings">Timeouts and flags.</param>
    /// <param name="hasStale">Whether the soft timeout applies.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    public async ValueTask<SecondLevelTurn<T>> EnterLoadAsync<T>(
        string key, IReadOnlyList<string> tags, EntrySettings settings, bool hasStale, CancellationToken cancellationToken)
    {
        var read = await ReadAsync<T>(key, tags, settings, hasStale, cancellationToken).ConfigureAwait(false);
        if (_locks is null || !settings.ReadsDistributed || !settings.WritesDistributed)
            return new SecondLevelTurn<T>(read, null);
        var began = _time.GetTimestamp();
        while (read.Stamp.IsKnown && read.Freshness != SecondLevelFreshness.Fresh)
        {
            var answer = await _lockGate.AskAsync((_locks, StoreKeys.Of(key)), AcquireAsync, settings.DistributedHardTimeout, cancellationToken)
                .ConfigureAwait(false);
            if (answer is { IsKnown: true, Value: { } acquired })
            {
                var held = new LoadLock(acquired, _timeout, _time, _name, _logger);
                return await BeginLoadAsync<T>(held, key, tags, settings, hasStale, cancellationToken).ConfigureAwait(false);
            }

            var left = _options.MaximumLoadWait - _time.GetElapsedTime(began);
            if (!answer.IsKnown || left <= TimeSpan.Zero || !await WaitForTurnAsync(StoreKeys.Of(key), left, cancellationToken).ConfigureAwait(false))
                break;
            read = await ReadAsync<T>(key, tags, settings, hasStale, cancellationToken).ConfigureAwait(false);
        }

        return new SecondLevelTurn<T>(read, null);
    }

    private static ValueTask<IAsyncDisposable?> AcquireAsync((ICacheLoadLocks Locks, string Key) call, CancellationToken cancellationToken) =>
        call.Locks.TryAcquireAsync(call.Key, cancellationToken);

    private async ValueTask<SecondLevelTurn<T>> BeginLoadAsync<T>(
        LoadLock held, string key, IReadOnlyList<string> tags, EntrySettings settings, bool hasStale, CancellationToken cancellationToken)
    {
        SecondLevelRead<T> read;
        try
        {
            read = await ReadAsync<T>(key, tags, settings, hasStale, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await held.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        if (read.Freshness != SecondLevelFreshness.Fresh)
            return new SecondLevelTurn<T>(read, held);
        await held.DisposeAsync().ConfigureAwait(false);
        return new SecondLevelTurn<T>(read, null);
    }

    // Not through the gate: that another process takes its time to load is no failure of the locks.
    private async ValueTask<bool> WaitForTurnAsync(string key, TimeSpan longest, CancellationToken cancellationToken)
    {
        var stop = new CancellationTokenSource();
        Task? waiting = null;
        try
        {
            waiting = _locks!.WaitAsync(key, stop.Token).AsTask();
            await waiting.WaitAsync(longest, _time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception)
        {
            Abandoned.Leave(waiting, stop);
            cancellationToken.ThrowIfCancellationRequested();
            if (exception is not TimeoutException)
                CacheLog.Failed(_logger, "load locks", _name, exception);
            return false;
        }
    }
}
