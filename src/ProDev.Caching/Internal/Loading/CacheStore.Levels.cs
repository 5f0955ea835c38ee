namespace ProDev.Caching.Internal;

// A load with all that may belong to it: the second level before and after, a trace, a measurement.
internal sealed partial class CacheStore<TKey>
{
    // Starts on the leader's thread and in its execution context. Never throws: a load that throws at once, or hands back no
    // task at all, fails the flight like any other.
    private async Task RunAsync<TState, TValue>(Flight<TKey, TValue> flight, TState state, Func<TState, Flight<TValue>, ValueTask<TValue>> load)
    {
        IAsyncDisposable? turn = null;
        try
        {
            turn = await EnterSecondLevelAsync(flight).ConfigureAwait(false);
            if (flight.IsAnswered)
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
        finally
        {
            if (turn is not null)
                await turn.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Answers the lock that keeps other processes from loading the key, if there is one. The flight is answered when there is nothing to load.
    private async ValueTask<IAsyncDisposable?> EnterSecondLevelAsync<TValue>(Flight<TKey, TValue> flight)
    {
        var settings = flight.Settings;
        if (SecondLevel is not { } level)
            return null;
        var invalidations = _core.Tags.Invalidations;
        var (found, turn) = await level.EnterLoadAsync<TValue>(
            _format!.Write(flight.Key), flight.Stamps.Names, settings, flight.HasStale, flight.Token).ConfigureAwait(false);
        flight.SecondLevelStamp = found.Stamp;
        if (found.Freshness == SecondLevelFreshness.Fresh && !IsDue(flight, found.Remaining))
        {
            FinishWith(flight, found, invalidations);
        }
        else if (found.Freshness == SecondLevelFreshness.Stale && flight.StaleEntry is null && TryStamp(found.Tags, invalidations, flight.Stamps, out var stamps))
        {
            var copy = ValueCopy<TValue>.Of(flight.Copier, found.Value!);
            var entry = NewEntry(flight.Key, found.Value!, copy, settings with { FailSafeMaxDuration = found.Remaining }, TimeSpan.Zero, stamps);
            lock (StripeOf(flight.Key).Lock)
                flight.StaleEntry = entry;
        }

        return turn;
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
    private void FinishWith<TValue>(Flight<TKey, TValue> flight, in SecondLevelRead<TValue> found, long invalidations)
    {
        var settings = flight.Settings;
        flight.IsAnswered = true;
        flight.IsStored = TryStamp(found.Tags, invalidations, flight.Stamps, out var stamps);
        lock (StripeOf(flight.Key).Lock)
            flight.Stamps = stamps;
        flight.Settings = settings with { LocalLimit = found.Remaining < settings.LocalExpiration ? found.Remaining : settings.LocalExpiration, NullExpiration = null };
        Finish(flight, found.Value!);
    }

    // A value has the tags it was stored with, whatever this call asks for. Those that were not stamped before it was read are stamped now, which
    // is too late if any tag was invalidated meanwhile: then it is for those who wait, and not kept.
    private bool TryStamp(IReadOnlyList<string>? tags, long invalidations, TagStamps asked, out TagStamps stamps)
    {
        stamps = asked;
        if (tags is null || tags.Count == 0 || asked.HaveAll(tags))
            return true;
        stamps = _core.Tags.Stamp(tags.Union(asked.Names, StringComparer.Ordinal));
        return _core.Tags.Invalidations == invalidations && asked.AreCurrent;
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
        var invalidations = _core.Tags.Invalidations;
        var stamps = _core.Tags.Stamp(plan.Tags);
        var stripe = StripeOf(key);
        var flight = new Flight<TKey, Probe>(key, plan.Settings, stamps, _core.Clock, isCancellable: false);
        lock (stripe.Lock)
            stripe.Link(key, flight);
        try
        {
            var found = await SecondLevel!.ReadAsync<TValue>(_format!.Write(key), stamps.Names, plan.Settings, hasStale: false, cancellationToken).ConfigureAwait(false);
            if (found.Freshness != SecondLevelFreshness.Fresh)
                return default;
            var settings = plan.Settings;
            var copy = ValueCopy<TValue>.Of(_core.Copies.For<TValue>(settings.Isolation), found.Value!);
            var fresh = found.Remaining < settings.LocalExpiration ? found.Remaining : settings.LocalExpiration;
            var isGood = TryStamp(found.Tags, invalidations, stamps, out stamps);
            lock (stripe.Lock)
            {
                if (isGood && flight.IsLinked && stamps.AreCurrent && settings.WritesLocal)
                    Put(key, NewEntry(key, found.Value!, copy, settings, fresh, stamps));
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
            _core.CatchUp();
        }
    }

    /// <summary>What a read that loads nothing is linked as, so that no load of a value ever takes it for one of its own.</summary>
    private readonly struct Probe;
}
