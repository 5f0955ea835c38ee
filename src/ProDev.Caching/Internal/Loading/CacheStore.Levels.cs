namespace ProDev.Caching.Internal;

// A load with all that may belong to it: the second level before and after, a trace, a measurement.
internal sealed partial class CacheStore<TKey>
{
    // Starts on the leader's thread and in its execution context. Never throws: a load that throws at once, or hands back no
    // task at all, fails the flight like any other.
    private async Task RunAsync<TState, TValue>(Flight<TKey, TValue> flight, TState state, Func<TState, Flight<TValue>, ValueTask<TValue>> load)
    {
        try
        {
            if (await TryFinishFromSecondLevelAsync(flight).ConfigureAwait(false))
                return;
            TValue value;
            using (var measured = _core.Telemetry.StartLoad(flight))
            {
                value = await load(state, flight).ConfigureAwait(false);
                measured.Succeeded();
            }

            if (Finish(flight, value))
                await StoreInSecondLevelAsync(flight, value).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(flight, exception, out _);
        }
    }

    private async ValueTask<bool> TryFinishFromSecondLevelAsync<TValue>(Flight<TKey, TValue> flight)
    {
        var settings = flight.Settings;
        if (SecondLevel is not { } level || !settings.ReadsDistributed)
            return false;
        var found = await level.ReadAsync<TValue>(_format!.Write(flight.Key), flight.Stamps.Names, settings, flight.HasStale, flight.Token).ConfigureAwait(false);
        flight.SecondLevelStamp = found.Stamp;

        if (found.Freshness == SecondLevelFreshness.Fresh && !IsDue(flight, found.Remaining))
        {
            FinishWith(flight, found.Value!, found.Remaining);
            return true;
        }

        if (found.Freshness == SecondLevelFreshness.Stale && flight.StaleEntry is null)
        {
            var entry = NewEntry(flight.Key, found.Value!, settings with { FailSafeMaxDuration = found.Remaining }, TimeSpan.Zero, flight.Stamps);
            lock (StripeOf(flight.Key).Lock)
                flight.StaleEntry = entry;
        }

        return false;
    }

    // A refresh goes to the source, unless another process has done so already.
    private static bool IsDue(Flight flight, TimeSpan remaining) =>
        flight.IsBackground && flight.Settings.EagerRefreshThreshold is { } threshold && remaining <= flight.Settings.Expiration * (1 - threshold);

    private async ValueTask StoreInSecondLevelAsync<TValue>(Flight<TKey, TValue> flight, TValue value)
    {
        var settings = flight.Settings;
        if (SecondLevel is { } level && settings.WritesDistributed && flight.IsStored && flight.SecondLevelStamp.IsKnown && !(value is null && settings.Nulls == NullCaching.Skip))
            await level.StoreLoadedAsync(_format!.Write(flight.Key), value, flight.Stamps.Names, flight.SecondLevelStamp, settings, CancellationToken.None).ConfigureAwait(false);
    }

    // A value that the second level had: fresh here for as long as it is there, and not longer than memory may hold it.
    private void FinishWith<TValue>(Flight<TKey, TValue> flight, TValue value, TimeSpan remaining)
    {
        flight.Settings = flight.Settings with { LocalLimit = remaining < flight.Settings.LocalExpiration ? remaining : flight.Settings.LocalExpiration, NullExpiration = null };
        Finish(flight, value);
    }

    /// <summary>Reads a value from any level, and loads nothing.</summary>
    public ValueTask<CacheResult<TValue>> ProbeAsync<TValue>(TKey key, in EntryPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Settings.ReadsLocal && TryRead<TValue>(key, out var entry))
            return new ValueTask<CacheResult<TValue>>(new CacheResult<TValue>(entry.Value));
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<CacheResult<TValue>>(cancellationToken);
        return SecondLevel is null || !plan.Settings.ReadsDistributed ? default : ProbeSecondLevelAsync<TValue>(key, plan, cancellationToken);
    }

    // A load of its own kind, which no factory joins: linked only so that a removal of the key keeps it from being stored.
    private async ValueTask<CacheResult<TValue>> ProbeSecondLevelAsync<TValue>(TKey key, EntryPlan plan, CancellationToken cancellationToken)
    {
        var stamps = _core.Tags.Stamp(plan.Tags);
        var stripe = StripeOf(key);
        var flight = new Flight<TKey, CacheResult<TValue>>(key, plan.Settings, stamps, _core.Clock, isCancellable: false);
        lock (stripe.Lock)
            stripe.Link(key, flight);
        CacheEntry? entry = null;
        var replaced = false;
        try
        {
            var found = await SecondLevel!.ReadAsync<TValue>(_format!.Write(key), stamps.Names, plan.Settings, hasStale: false, cancellationToken).ConfigureAwait(false);
            if (found.Freshness != SecondLevelFreshness.Fresh)
                return default;
            var settings = plan.Settings;
            var fresh = found.Remaining < settings.LocalExpiration ? found.Remaining : settings.LocalExpiration;
            lock (stripe.Lock)
            {
                if (flight.IsLinked && stamps.AreCurrent && settings.WritesLocal)
                    replaced = Put(key, entry = NewEntry(key, found.Value!, settings, fresh, stamps));
            }

            return new CacheResult<TValue>(found.Value!);
        }
        finally
        {
            lock (stripe.Lock)
            {
                if (flight.IsLinked)
                    stripe.Unlink(key, flight);
            }

            flight.Complete(default);
            Settle(entry, replaced);
        }
    }
}
