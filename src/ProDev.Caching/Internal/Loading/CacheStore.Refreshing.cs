namespace ProDev.Caching.Internal;

// Loads that nobody waits for: the next value of an entry, before that expires.
internal sealed partial class CacheStore<TKey>
{
    private void Refresh<TState, TValue>(
        TKey key, CacheEntry<TKey, TValue> entry, TState state, Func<TState, Flight<TValue>, ValueTask<TValue>> load, in EntryPlan plan)
    {
        Flight<TKey, TValue> flight;
        TagStamps stamps;
        ICopier<TValue>? copier;
        try
        {
            stamps = _core.Tags.Stamp(plan.Tags);
            copier = _core.Copies.For<TValue>(plan.Settings.Isolation);
        }
        catch
        {
            // The caller's own tags are at fault: the refresh is the next reader's.
            lock (StripeOf(key).Lock)
                PutOff(entry, TimeSpan.Zero);
            throw;
        }

        var stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            if (!Entries.TryGetValue(key, out var current) || current != entry)
                return;
            if (Find<TValue>(stripe, key, plan.Settings) is not null)
            {
                // That load replaces the entry, or fails, and then there is another try.
                PutOff(entry, plan.Settings.FailSafeThrottleDuration);
                return;
            }

            flight = new Flight<TKey, TValue>(key, plan.Settings, stamps, _core.Clock, isCancellable: false)
            {
                Copier = copier,
                Callers = 0,
                IsBackground = true,
                IsDetached = true,
                SecondLevel = NewVisit(),
                StaleEntry = entry,
            };
            stripe.Link(key, flight);
        }

        // On the pool and without the caller's execution context: what is ambient there, a request, a user, a trace, is not the value's.
        ThreadPool.UnsafeQueueUserWorkItem(
            static work => _ = work.store.RunAsync(work.flight, work.state, work.load),
            (store: this, flight, state, load),
            preferLocal: false);
    }

    // Gives back a refresh that was this reader's, to the first one after some time. Under the stripe's lock, where nobody declares the entry expired
    // meanwhile: a throttle would make it fresh again.
    private void PutOff(CacheEntry entry, TimeSpan time)
    {
        var now = _core.Clock.Now;
        if (entry.StateAt(now) == EntryState.Fresh)
            entry.Throttle(now, CacheClock.Add(now, time));
    }
}
