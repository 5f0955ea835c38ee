using System.Runtime.ExceptionServices;

namespace ProDev.Caching.Internal;

// Several keys at once: the source is asked once, for those that nobody else is loading.
internal sealed partial class CacheStore<TKey>
{
    public async ValueTask<IReadOnlyDictionary<TItem, TValue>> LoadManyAsync<TItem, TValue>(
        IReadOnlyCollection<TItem> items, ManyLoad<TKey, TItem, TValue> many, CancellationToken cancellationToken)
        where TItem : notnull
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!many.Settings.RunsFactory)
            return await ProbeManyAsync(items, many, cancellationToken).ConfigureAwait(false);
        var results = new Dictionary<TItem, TValue>(items.Count);
        var awaited = new List<AwaitedItem<TKey, TItem, TValue>>();
        var failure = EnterAll(items, many, results, awaited, cancellationToken);
        if (failure is not null)
        {
            awaited.ForEach(item => Abandon(item, failure.SourceException));
            failure.Throw();
        }

        _ = RunManyAsync(awaited.FindAll(item => item.IsLed), many);

        // All at once, for the limits of time are those of the whole call; and every one to its end, for a caller who leaves leaves them all.
        var waits = awaited.ConvertAll(item => (item, task: WaitForItemAsync(item, many, cancellationToken).AsTask()));
        foreach (var (item, task) in waits)
        {
            try
            {
                if (await task.ConfigureAwait(false) is { HasValue: true } result)
                    results[item.Item] = result.Value!;
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        failure?.Throw();
        return results;
    }

    private ExceptionDispatchInfo? EnterAll<TItem, TValue>(
        IReadOnlyCollection<TItem> items,
        ManyLoad<TKey, TItem, TValue> many,
        Dictionary<TItem, TValue> results,
        List<AwaitedItem<TKey, TItem, TValue>> awaited,
        CancellationToken cancellationToken)
        where TItem : notnull
    {
        try
        {
            foreach (var item in items)
            {
                var key = many.KeyOf(item);
                if (many.Settings.ReadsLocal && TryRead<TValue>(key, out var hit))
                {
                    results[item] = hit.Value;
                    continue;
                }

                _core.Telemetry.Miss();
                var entrance = Enter<TValue>(key, many.PlanOf(item), loadingThread: 0, cancellationToken, out var entry, out var failure, out var flight);
                if (entrance == Entrance.Failed)
                    return failure;
                if (entrance == Entrance.Found)
                    results[item] = entry!.Value;
                else
                    awaited.Add(new AwaitedItem<TKey, TItem, TValue>(item, flight!, Join(flight!), entrance == Entrance.Leads));
            }

            return null;
        }
        catch (Exception exception)
        {
            // Thrown by the caller's functions for keys and tags. The loads that were begun must not hang.
            return ExceptionDispatchInfo.Capture(exception);
        }
    }

    private async ValueTask<CacheResult<TValue>> WaitForItemAsync<TItem, TValue>(
        AwaitedItem<TKey, TItem, TValue> item, ManyLoad<TKey, TItem, TValue> many, CancellationToken cancellationToken)
        where TItem : notnull
    {
        try
        {
            return new CacheResult<TValue>(await WaitAsync(item.Flight, item.Task, many.Settings, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception) when (item is { IsLed: true, Flight.IsAbsent: true })
        {
            return default;
        }
        catch (Exception exception) when (!item.IsLed && IsStartersOwn(item.Flight, exception) && !cancellationToken.IsCancellationRequested)
        {
            // As in FollowAsync: the load was another's, and what it ended with may be the other's own affair.
            var alone = await LoadManyAsync([item.Item], many, cancellationToken).ConfigureAwait(false);
            return alone.TryGetValue(item.Item, out var value) ? new CacheResult<TValue>(value) : default;
        }
    }
}
