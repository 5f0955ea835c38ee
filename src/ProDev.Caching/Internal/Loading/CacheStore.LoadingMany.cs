namespace ProDev.Caching.Internal;

// The one load of a call for several keys, and how it ends for each of them.
internal sealed partial class CacheStore<TKey>
{
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
