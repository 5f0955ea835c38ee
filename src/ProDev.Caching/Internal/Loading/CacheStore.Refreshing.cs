namespace ProDev.Caching.Internal;

// Loads that nobody waits for: the next value of an entry, before that expires.
internal sealed partial class CacheStore<TKey>
{
    private void Refresh<TState, TValue>(
        TKey key, CacheEntry<TKey, TValue> entry, TState state, Func<TState, Flight<TValue>, ValueTask<TValue>> load, in EntryPlan plan)
    {
        Flight<TKey, TValue> flight;
        var stamps = _core.Tags.Stamp(plan.Tags);
        var copier = _core.Copies.For<TValue>(plan.Settings.Isolation);
        var stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            if (!Entries.TryGetValue(key, out var current) || current != entry || Find<TValue>(stripe, key, plan.Settings) is not null)
                return;
            flight = new Flight<TKey, TValue>(key, plan.Settings, stamps, _core.Clock, isCancellable: false)
            {
                Copier = copier,
                Callers = 0,
                IsBackground = true,
                IsDetached = true,
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
}
