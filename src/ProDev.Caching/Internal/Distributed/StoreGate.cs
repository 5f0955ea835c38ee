using Microsoft.Extensions.Logging;

namespace ProDev.Caching.Internal;

/// <summary>
/// The way to a store, a backplane or locks: nobody waits longer than a limit, failures are logged and not thrown, and after some of them
/// nobody is let through for a while.
/// </summary>
/// <param name="part">What lies behind it, for logs.</param>
/// <param name="cache">The name of the cache, for logs.</param>
/// <param name="breaker">Decides who is let through.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class StoreGate(string part, string cache, CircuitBreaker breaker, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1L);

    /// <summary>Called when an answer has come after an outage.</summary>
    public Action? Answering { get; set; }

    public CircuitBreaker Breaker => breaker;

    /// <summary>Asks, unless that has failed too often of late.</summary>
    /// <param name="state">Passed to <paramref name="ask"/>.</param>
    /// <param name="ask">Asks. Its token is cancelled when nobody waits any more; it may go on all the same.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">The caller's own wish to go.</param>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled. The only exception there is.</exception>
    public async ValueTask<Answer<T>> AskAsync<TState, T>(
        TState state, Func<TState, CancellationToken, ValueTask<T>> ask, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!breaker.TryEnter(out var round))
            return default;
        var stop = new CancellationTokenSource();
        Task<T>? running = null;
        try
        {
            running = ask(state, stop.Token).AsTask();
            var value = await running.WaitAsync(timeout < LongestTimer ? timeout : LongestTimer, time, cancellationToken).ConfigureAwait(false);
            Succeeded(round);
            return new Answer<T>(true, value);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            breaker.Cancelled(round);
            Abandoned.Leave(running, stop);
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception)
        {
            Failed(round, exception);
            Abandoned.Leave(running, stop);
            return default;
        }
    }

    private void Succeeded(int round)
    {
        if (!breaker.Succeeded(round))
            return;
        CacheLog.Answering(logger, part, cache);
        Answering?.Invoke();
    }

    private void Failed(int round, Exception exception)
    {
        CacheLog.Failed(logger, part, cache, exception);
        if (breaker.Failed(round))
            CacheLog.Broken(logger, part, cache, breaker.Threshold, breaker.BreakDuration);
    }
}
