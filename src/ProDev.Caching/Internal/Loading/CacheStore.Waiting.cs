using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ProDev.Caching.Internal;

// How callers wait for a load: with their own token, and for as long as they are willing to.
internal sealed partial class CacheStore<TKey>
{
    // The most that a timer of the platform can wait; whoever says more means for ever.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(49);

    private ValueTask<TValue> WaitAsync<TValue>(
        Flight<TKey, TValue> flight, Task<TValue> task, EntrySettings settings, CancellationToken cancellationToken) =>
        flight.Copier is null && (task.IsCompleted || (!cancellationToken.CanBeCanceled && !settings.MayOutliveCaller))
            ? new ValueTask<TValue>(task)
            : WaitWithLimitsAsync(flight, task, settings, cancellationToken);

    private async ValueTask<TValue> WaitWithLimitsAsync<TValue>(
        Flight<TKey, TValue> flight, Task<TValue> task, EntrySettings settings, CancellationToken cancellationToken)
    {
        var since = _core.Clock.Now;
        while (true)
        {
            var awaited = Awaited(flight, task, settings, out var mayServeStale);
            try
            {
                await awaited.WaitAsync(Limit(flight, settings, mayServeStale, since), _core.Clock.Provider, cancellationToken).ConfigureAwait(false);
                if (task.IsCompleted)
                    return flight.Take(await task.ConfigureAwait(false));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !task.IsCompleted)
            {
                Leave(flight);
                throw;
            }
            catch (TimeoutException)
            {
                // It may be the load's own exception, or the load came in at the last moment.
                if (task.IsCompleted)
                    return flight.Take(await task.ConfigureAwait(false));
                if (TryGiveUp(flight, settings, mayServeStale, out var stale))
                    return stale;
            }
        }
    }

    private TValue Wait<TValue>(Flight<TKey, TValue> flight, EntrySettings settings, CancellationToken cancellationToken)
    {
        if (flight.LoadingThread == Environment.CurrentManagedThreadId)
            ThrowRecursion(flight.Key);
        var task = flight.Join();
        var since = _core.Clock.Now;
        while (true)
        {
            var awaited = Awaited(flight, task, settings, out var mayServeStale);
            try
            {
                // Blocking is what a synchronous method does. The thread that loads exists already, so it cannot be starved.
                awaited.WaitAsync(Limit(flight, settings, mayServeStale, since), _core.Clock.Provider, cancellationToken).GetAwaiter().GetResult();
                if (task.IsCompleted)
                    return flight.Take(task.GetAwaiter().GetResult());
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !task.IsCompleted)
            {
                Leave(flight);
                throw;
            }
            catch (TimeoutException)
            {
                if (task.IsCompleted)
                    return flight.Take(task.GetAwaiter().GetResult());
                if (TryGiveUp(flight, settings, mayServeStale, out var stale))
                    return stale;
            }
        }
    }

    // What a caller waits for: the load, and, with a soft limit and no stale value at hand, also that the second level brings one.
    private static Task Awaited<TValue>(Flight<TKey, TValue> flight, Task<TValue> task, EntrySettings settings, out bool mayServeStale)
    {
        // Asked first: what comes after it ends the wait.
        var mayCome = settings.FactorySoftTimeout is not null && flight.SecondLevel is { Stale.IsCompleted: false };
        mayServeStale = flight.HasStale;
        return mayCome && !mayServeStale ? Task.WhenAny(task, flight.SecondLevel!.Stale) : task;
    }

    // The soft limit counts from the start of the load, so that those who come late to a slow one get the stale value at once. The hard
    // one is what this caller is willing to wait.
    private TimeSpan Limit(Flight flight, EntrySettings settings, bool mayServeStale, long since)
    {
        var now = _core.Clock.Now;
        var limit = settings.FactoryHardTimeout - TimeSpan.FromMilliseconds(now - since);

        // A soft limit and a hard one from different options need not be in order.
        if (mayServeStale && settings.FactorySoftTimeout - TimeSpan.FromMilliseconds(now - flight.StartedAt) is { } soft && !(limit < soft))
            limit = soft;
        return limit is not { } time || time > LongestWait ? Timeout.InfiniteTimeSpan : time > TimeSpan.Zero ? time : TimeSpan.Zero;
    }

    // Answers false when the stale value that the soft limit counted on is gone: then there is only the hard limit.
    private bool TryGiveUp<TValue>(Flight<TKey, TValue> flight, EntrySettings settings, bool mayServeStale, out TValue stale)
    {
        var isServed = flight.HasStale;
        stale = isServed ? flight.Stale : default!;
        if (!isServed && mayServeStale && settings.FactorySoftTimeout is not null)
            return false;

        lock (StripeOf(flight.Key).Lock)
        {
            flight.IsDetached = true;
            flight.Callers--;
        }

        _core.Telemetry.LoadTimedOut(flight.Key, settings, isServed);
        if (!isServed)
            ThrowTimeout(flight.Key, settings);
        return true;
    }

    [DoesNotReturn]
    private static void ThrowTimeout(TKey key, EntrySettings settings) => throw new TimeoutException(
        $"Loading the cache key '{key}' takes longer than {nameof(CacheEntryOptions.FactoryHardTimeout)}, which is '{settings.FactoryHardTimeout}', and there is " +
        "no stale value to serve. The load goes on in the background; a later call finds its value.");

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowRecursion(TKey key) => throw new InvalidOperationException(
        $"Loading the cache key '{key}' asked the cache for that same key on the same thread, which would wait for itself for ever. " +
        "Call the decorated service's own method inside it, not the cached one.");
}
