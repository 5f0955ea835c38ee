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
        var results = new Dictionary<TItem, TValue>(items.Count);
        var awaited = new List<AwaitedItem<TKey, TItem, TValue>>();
        var failure = EnterAll(items, many, results, awaited, cancellationToken);
        if (failure is null)
            _ = RunManyAsync(awaited.FindAll(item => item.IsLed), many);
        else
            awaited.FindAll(item => item.IsLed).ForEach(item => Abandon(item.Flight, failure.SourceException));

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
            return new CacheResult<TValue>(await WaitAsync(item.Flight, item.Task, many.Settings, item.IsLed, cancellationToken).ConfigureAwait(false));
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

    // Never throws.
    private async Task RunManyAsync<TItem, TValue>(List<AwaitedItem<TKey, TItem, TValue>> led, ManyLoad<TKey, TItem, TValue> many)
        where TItem : notnull
    {
        var turns = new List<IAsyncDisposable>();
        try
        {
            foreach (var turn in await Task.WhenAll(led.Select(item => EnterSecondLevelAsync(item.Flight).AsTask())).ConfigureAwait(false))
            {
                if (turn is not null)
                    turns.Add(turn);
            }

            led = led.FindAll(item => !item.Flight.IsAnswered);
            if (led.Count == 0)
                return;
            using var cancellation = new ManyCancellation(led.Select(item => item.Flight.Token));
            IReadOnlyDictionary<TItem, TValue> values;
            using (var measured = _core.Telemetry.StartLoad(led[0].Flight))
            {
                values = await many.Factory(led.ConvertAll(item => item.Item), cancellation.Token).ConfigureAwait(false)
                    ?? throw new InvalidOperationException("The factory returned null instead of the values it found. Return an empty dictionary where there are none.");
                measured.Succeeded();
            }

            var stored = new List<Task>();
            foreach (var item in led)
            {
                if (!values.TryGetValue(item.Item, out var value))
                    FinishAbsent(item.Flight);
                else if (Finish(item.Flight, value))
                    stored.Add(StoreInSecondLevelAsync(item.Flight, value).AsTask());
            }

            await Task.WhenAll(stored).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            foreach (var item in led)
                Fail(item.Flight, exception, out _);
        }
        finally
        {
            foreach (var turn in turns)
                await turn.DisposeAsync().ConfigureAwait(false);
        }
    }

    // What went wrong before the factory could run is this call's affair: whoever joined loads with what it brought itself.
    private void Abandon<TValue>(Flight<TKey, TValue> flight, Exception exception)
    {
        var stripe = StripeOf(flight.Key);
        lock (stripe.Lock)
        {
            flight.StarterLeft = true;
            if (flight.IsLinked)
                stripe.Unlink(flight.Key, flight);
        }

        flight.Fail(exception);
    }

    // The source does not have it. Whoever joined with a factory of its own asks that.
    private void FinishAbsent<TValue>(Flight<TKey, TValue> flight)
    {
        var stripe = StripeOf(flight.Key);
        lock (stripe.Lock)
        {
            flight.IsAbsent = true;
            flight.StarterLeft = true;
            if (flight.IsLinked)
            {
                if (flight.Stamps.AreCurrent)
                    Drop(flight.Key);
                stripe.Unlink(flight.Key, flight);
            }
        }

        flight.Fail(new KeyNotFoundException($"The source has no value for the cache key '{flight.Key}'."));
    }
}
