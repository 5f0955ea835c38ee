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
            if (flight.IsOver)
                return;
            TValue value;
            using (var measured = _core.Telemetry.StartLoad(flight))
            {
                value = await Start(flight, state, load).ConfigureAwait(false);
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

    // Answers the lock that keeps other processes from loading the key, if there is one. The flight is over when there is nothing to load.
    private async ValueTask<IAsyncDisposable?> EnterSecondLevelAsync<TValue>(Flight<TKey, TValue> flight)
    {
        var settings = flight.Settings;
        if (SecondLevel is not { } level)
            return null;
        var invalidations = _core.Tags.Invalidations;
        var (found, turn) = await level.EnterLoadAsync<TValue>(
            _format!.Write(flight.Key), flight.Stamps.Names, settings, flight.HasStale, flight.Token).ConfigureAwait(false);
        try
        {
            Use(flight, found, invalidations);
            return turn;
        }
        catch
        {
            // Nobody would give it back, and it is renewed for as long as it is held.
            if (turn is not null)
                await turn.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void Use<TValue>(Flight<TKey, TValue> flight, in SecondLevelRead<TValue> found, long invalidations)
    {
        flight.SecondLevel!.Stamp = found.Stamp;
        if (found.Freshness == SecondLevelFreshness.Fresh && !IsDue(flight, found.Remaining))
            FinishWith(flight, found, invalidations);
        else if (found.Freshness == SecondLevelFreshness.Stale && flight.StaleEntry is null)
            KeepStale(flight, found, invalidations);
    }

    private void KeepStale<TValue>(Flight<TKey, TValue> flight, in SecondLevelRead<TValue> found, long invalidations)
    {
        // It has expired, and no jitter makes it fresh.
        var settings = flight.Settings with { FailSafeMaxDuration = found.Remaining, JitterMaxDuration = TimeSpan.Zero };
        var copy = ValueCopy<TValue>.Of(flight.Copier, found.Value!);
        var stamps = StampFound(found.Tags, flight.Stamps, out var isLate);
        var entry = NewEntry(flight.Key, found.Value!, copy, settings, TimeSpan.Zero, stamps);
        lock (StripeOf(flight.Key).Lock)
        {
            if (isLate && !AreUndisturbed(flight.Stamps, invalidations))
                return;
            flight.StaleEntry = entry;
        }

        flight.SecondLevel!.StaleCame();
    }

    // A refresh goes to the source, unless another process has done so already.
    private static bool IsDue(Flight flight, TimeSpan remaining) =>
        flight.IsBackground && flight.Settings.EagerRefreshThreshold is { } threshold && remaining <= flight.Settings.Expiration * (1 - threshold);

    private async ValueTask StoreInSecondLevelAsync<TValue>(Flight<TKey, TValue> flight, TValue value)
    {
        var settings = flight.Settings;
        if (SecondLevel is not { } level || !settings.WritesDistributed || !flight.IsStored || flight.SecondLevel is not { Stamp: { IsKnown: true } stamp } || (value is null && settings.Nulls == NullCaching.Skip))
            return;

        // The first caller has the value itself by now, and may be changing it.
        var own = flight.Copy is { } copy ? copy.Next() : value;
        await level.StoreLoadedAsync(_format!.Write(flight.Key), own, flight.Stamps.Names, stamp, settings, CancellationToken.None).ConfigureAwait(false);
    }

    // A value that the second level had: fresh here for as long as it is there, and not longer than memory may hold it.
    private void FinishWith<TValue>(Flight<TKey, TValue> flight, in SecondLevelRead<TValue> found, long invalidations)
    {
        var settings = flight.Settings;
        var stamps = StampFound(found.Tags, flight.Stamps, out var isLate);
        lock (StripeOf(flight.Key).Lock)
        {
            flight.IsStored = !isLate || AreUndisturbed(flight.Stamps, invalidations);
            flight.Stamps = stamps;
        }

        flight.Settings = Within(settings, found.Remaining) with { NullExpiration = null };
        Finish(flight, found.Value!);
    }

    // Jitter prolongs what memory holds, but not beyond what the second level holds.
    private static EntrySettings Within(EntrySettings settings, TimeSpan remaining)
    {
        var limit = remaining < settings.LocalExpiration ? remaining : settings.LocalExpiration;
        var jitter = remaining - limit;
        return settings with { LocalLimit = limit, JitterMaxDuration = jitter < settings.JitterMaxDuration ? jitter : settings.JitterMaxDuration };
    }

    // A value has the tags it was stored with, whatever this call asks for. Those that were not stamped before it was read are stamped now.
    private TagStamps StampFound(IReadOnlyList<string>? tags, TagStamps asked, out bool isLate)
    {
        isLate = tags is { Count: > 0 } && !asked.HaveAll(tags);
        return isLate ? _core.Tags.Stamp(tags!.Union(asked.Names, StringComparer.Ordinal)) : asked;
    }

    // Stamps made late are too late if anything was invalidated meanwhile: then the value is for those who wait, and not kept. To be asked under the
    // stripe's lock that publishes the stamps: who invalidates counts first and then looks for what has the tags under that lock, so one sees the other.
    private bool AreUndisturbed(TagStamps asked, long invalidations) => _core.Tags.Invalidations == invalidations && asked.AreCurrent;
}
