namespace ProDev.Caching.Internal;

// Reads that load nothing.
internal sealed partial class CacheStore<TKey>
{
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
            var settings = Within(plan.Settings, found.Remaining);
            var copy = ValueCopy<TValue>.Of(_core.Copies.For<TValue>(settings.Isolation), found.Value!);
            var foundStamps = StampFound(found.Tags, stamps, out var isLate);
            lock (stripe.Lock)
            {
                if ((!isLate || AreUndisturbed(stamps, invalidations)) && flight.IsLinked && foundStamps.AreCurrent && settings.WritesLocal)
                    Put(key, NewEntry(key, found.Value!, copy, settings, settings.LocalExpiration, foundStamps));
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

    /// <summary>What a read that loads nothing is linked as, so that no load of a value ever takes it for one of its own.</summary>
    private readonly struct Probe;
}
