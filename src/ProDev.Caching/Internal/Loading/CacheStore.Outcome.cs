namespace ProDev.Caching.Internal;

// How a load ends.
internal sealed partial class CacheStore<TKey>
{
    /// <summary>
    /// Answers whether the second level may have the value: its key was not removed meanwhile. Whether its tags are current there, their versions
    /// decide; here they may have been given up only because notices were missed.
    /// </summary>
    private bool Finish<TValue>(Flight<TKey, TValue> flight, TValue value)
    {
        var settings = flight.Settings;
        var skips = value is null && settings.Nulls == NullCaching.Skip;
        // Before the lock: it runs a serializer. When that fails, so does the load.
        flight.Copy = ValueCopy<TValue>.Of(flight.Copier, value);
        var entry = settings.WritesLocal && flight.IsStored && !skips
            ? NewEntry(flight.Key, value, flight.Copy, settings, Lifetime(value, settings), flight.Stamps)
            : null;
        var isKept = false;
        bool wasLinked;
        var stripe = StripeOf(flight.Key);
        lock (stripe.Lock)
        {
            if (wasLinked = flight.IsLinked)
            {
                if (flight.IsStored && flight.Stamps.AreCurrent)
                {
                    if (skips)
                        Drop(flight.Key);
                    else if (isKept = entry is not null)
                        Put(flight.Key, entry!);
                }

                stripe.Unlink(flight.Key, flight);
            }

            flight.IsOver = true;
        }

        flight.Complete(value);
        _core.CatchUp();
        if (isKept)
            _core.Telemetry.Raise(CacheEventKind.Loaded, flight.Key);
        return wasLinked;
    }

    /// <summary>Answers true, and the stale value, where fail-safe has one to serve.</summary>
    private bool Fail<TValue>(Flight<TKey, TValue> flight, Exception exception, out TValue? stale)
    {
        var isAtHand = TryTakeStale(flight, out stale);
        bool isServed;
        var stripe = StripeOf(flight.Key);
        lock (stripe.Lock)
        {
            isServed = isAtHand && flight.HasStale;
            if (flight.IsOver)
                return isServed;
            flight.IsOver = true;

            // Also when it has not noticed yet: the load may listen to the same token.
            flight.StarterLeft |= flight.StarterToken.IsCancellationRequested;
            flight.Copy = isServed ? flight.StaleEntry!.Copy : null;
            if (flight.IsLinked)
            {
                if (isServed)
                    Throttle(flight);
                else if (IsRemembered(flight, exception))
                    Put(flight.Key, NewFailure(flight, exception));
                stripe.Unlink(flight.Key, flight);
            }
        }

        if (isServed)
            flight.Complete(stale!);
        else
            flight.Fail(exception);
        _core.CatchUp();
        _core.Telemetry.LoadFailed(flight.Key, flight, isServed, exception);
        return isServed;
    }

    // Before the lock: it may run a serializer. When that fails, there is no stale value.
    private static bool TryTakeStale<TValue>(Flight<TKey, TValue> flight, out TValue? stale)
    {
        stale = default;
        try
        {
            if (!flight.HasStale)
                return false;
            stale = flight.Stale;
            return true;
        }
        catch (Exception)
        {
            // Those who wait get what the load failed with.
            return false;
        }
    }

    // Under the lock. An entry from the second level is not in the store yet, and takes nothing's place that is of use.
    private void Throttle<TValue>(Flight<TKey, TValue> flight)
    {
        var entry = flight.StaleEntry!;
        var now = _core.Clock.Now;
        entry.Throttle(now, CacheClock.Add(now, flight.Settings.FailSafeThrottleDuration));
        if (!entry.IsRemoved && flight.Settings.WritesLocal && !(Entries.TryGetValue(flight.Key, out var current) && current.IsAlive(now)))
            Put(flight.Key, entry);
    }

    // Not the starter's own affair, and not in place of a value that may still be of use to others.
    private bool IsRemembered<TValue>(Flight<TKey, TValue> flight, Exception exception) =>
        flight.Settings.FailureExpiration > TimeSpan.Zero && flight.Settings.WritesLocal && flight.Stamps.AreCurrent && exception is not OperationCanceledException
        && !flight.StarterLeft && !(Entries.TryGetValue(flight.Key, out var present) && present.IsAlive(_core.Clock.Now));

    private FailedEntry<TKey, TValue> NewFailure<TValue>(Flight<TKey, TValue> flight, Exception exception)
    {
        var now = _core.Clock.Now;
        var until = CacheClock.Add(now, flight.Settings.FailureExpiration);
        return new FailedEntry<TKey, TValue>(this, flight.Key, exception, new EntryTimes(until, StaleFor: 0, CacheClock.Never, Sliding: 0), now, flight.Stamps)
        {
            Hash = HashOf(flight.Key),
        };
    }
}
