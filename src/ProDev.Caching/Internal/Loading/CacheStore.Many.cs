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

    private async ValueTask<IReadOnlyDictionary<TItem, TValue>> ProbeManyAsync<TItem, TValue>(
        IReadOnlyCollection<TItem> items, ManyLoad<TKey, TItem, TValue> many, CancellationToken cancellationToken)
        where TItem : notnull
    {
        var results = new Dictionary<TItem, TValue>(items.Count);
        var reads = items.Select(item => (item, task: ProbeAsync<TValue>(many.KeyOf(item), many.PlanOf(item), cancellationToken).AsTask())).ToList();
        await Task.WhenAll(reads.Select(read => read.task)).ConfigureAwait(false);
        foreach (var (item, task) in reads)
        {
            if (await task.ConfigureAwait(false) is { HasValue: true } found)
                results[item] = found.Value!;
        }

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

    // Never throws.
    private async Task RunManyAsync<TItem, TValue>(List<AwaitedItem<TKey, TItem, TValue>> led, ManyLoad<TKey, TItem, TValue> many)
        where TItem : notnull
    {
        try
        {
            await Task.WhenAll(led.Select(item => LookUpAsync(item.Flight))).ConfigureAwait(false);
            led = led.FindAll(item => !item.Flight.IsOver);
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

            await Task.WhenAll(led.Select(item => EndAsync(item, values))).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            foreach (var item in led)
                Fail(item.Flight, exception, out _);
        }
    }

    // Without the locks of the keys: two processes that each hold a part of what the other wants would wait for each other.
    private async Task LookUpAsync<TValue>(Flight<TKey, TValue> flight)
    {
        try
        {
            if (SecondLevel is not { } level)
                return;
            var invalidations = _core.Tags.Invalidations;
            Use(flight, await level.ReadAsync<TValue>(
                _format!.Write(flight.Key), flight.Stamps.Names, flight.Settings, flight.HasStale, flight.Token).ConfigureAwait(false), invalidations);
        }
        catch (Exception exception)
        {
            Fail(flight, exception, out _);
        }
    }

    // What is wrong with one value does not concern the others.
    private async Task EndAsync<TItem, TValue>(AwaitedItem<TKey, TItem, TValue> item, IReadOnlyDictionary<TItem, TValue> values)
        where TItem : notnull
    {
        try
        {
            if (!values.TryGetValue(item.Item, out var value))
                FinishAbsent(item.Flight);
            else if (Finish(item.Flight, value))
                await StoreInSecondLevelAsync(item.Flight, value).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(item.Flight, exception, out _);
        }
    }

    // What went wrong before the factory could run is this call's affair: whoever joined loads with what it brought itself, and what others load they
    // load for themselves.
    private void Abandon<TItem, TValue>(AwaitedItem<TKey, TItem, TValue> item, Exception exception)
    {
        var flight = item.Flight;
        if (!item.IsLed)
        {
            Leave(flight);
            return;
        }

        var stripe = StripeOf(flight.Key);
        lock (stripe.Lock)
        {
            flight.IsOver = flight.StarterLeft = true;
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
            flight.IsAbsent = flight.IsOver = flight.StarterLeft = true;
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
