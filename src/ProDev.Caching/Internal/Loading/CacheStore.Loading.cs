using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace ProDev.Caching.Internal;

// Single flight. Whoever misses looks into the store again under the stripe's lock and then joins the running load of its
// key and type, or becomes the one that loads. A load publishes its value under the same lock before it is unlinked, so
// nobody can miss both.
internal sealed partial class CacheStore<TKey>
{
    /// <summary>Loads a value that was missing, together with all others who miss it, or serves one that a hit could not.</summary>
    public ValueTask<TValue> LoadAsync<TState, TValue>(
        TKey key,
        TState state,
        Func<TState, Flight<TValue>, ValueTask<TValue>> load,
        in EntryPlan plan,
        CancellationToken cancellationToken)
    {
        if (TryServe(key, state, load, plan, out TValue? served))
            return new ValueTask<TValue>(served!);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<TValue>(cancellationToken);
        _core.Telemetry.Miss();
        switch (Enter<TValue>(key, plan, loadingThread: 0, cancellationToken, out var entry, out var failure, out var flight))
        {
            case Entrance.Found:
                return new ValueTask<TValue>(entry!.Value);
            case Entrance.Failed:
                return Rethrow<TValue>(failure!);
            case Entrance.Joined:
                return FollowAsync(flight!, state, load, plan, cancellationToken);
            default:
                return LeadAsync(flight!, state, load, plan, cancellationToken);
        }
    }

    // An entry that needs attention and is still good: it is prolonged, or the next one is loaded in the background.
    private bool TryServe<TState, TValue>(
        TKey key, TState state, Func<TState, Flight<TValue>, ValueTask<TValue>> load, in EntryPlan plan, out TValue? value)
    {
        value = default;
        if (!plan.Settings.ReadsLocal || !Entries.TryGetValue(key, out var found) || found is not CacheEntry<TKey, TValue> entry)
            return false;
        var attended = entry.Attend(_core.Clock.Now, mayRefresh: plan.Settings is { WritesLocal: true, IsAttended: false });
        if (attended < EntryState.Fresh)
            return false;
        if (attended == EntryState.RefreshDue)
            Refresh(key, entry, state, load, plan);
        entry.MarkUsed();
        _core.Telemetry.Hit();
        value = entry.Value;
        return true;
    }

    private Entrance Enter<TValue>(
        TKey key,
        in EntryPlan plan,
        int loadingThread,
        CancellationToken cancellationToken,
        out CacheEntry<TKey, TValue>? entry,
        out ExceptionDispatchInfo? failure,
        out Flight<TKey, TValue>? flight)
    {
        // Before the lock, for it runs code of the caller, and before the load, for a tag invalidated from here on counts.
        var stamps = _core.Tags.Stamp(plan.Tags);
        var copier = _core.Copies.For<TValue>(plan.Settings.Isolation);
        var stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            var now = _core.Clock.Now;
            flight = null;
            failure = null;
            entry = Entries.TryGetValue(key, out var found) ? found as CacheEntry<TKey, TValue> : null;
            var state = found?.StateAt(now) ?? EntryState.Dead;
            if (plan.Settings.ReadsLocal && state >= EntryState.Fresh)
            {
                if (entry is not null)
                    return Entrance.Found;
                if ((failure = (found as FailedEntry<TKey, TValue>)?.Failure) is not null)
                    return Entrance.Failed;
            }

            if ((flight = Find<TValue>(stripe, key, plan.Settings)) is not null)
            {
                flight.Callers++;
                _ = flight.Join();
                return Entrance.Joined;
            }

            flight = new Flight<TKey, TValue>(key, plan.Settings, stamps, _core.Clock, cancellationToken.CanBeCanceled)
            {
                Copier = copier,
                LoadingThread = loadingThread,
                StarterToken = cancellationToken,
                SecondLevel = NewVisit(),
                StaleEntry = state == EntryState.Stale && plan.Settings.ReadsLocal ? entry : null,
            };
            stripe.Link(key, flight);
            return Entrance.Leads;
        }
    }

    // Without a second level and without anybody who listens, a load that completes at once needs no task at all.
    private ValueTask<TValue> LeadAsync<TState, TValue>(
        Flight<TKey, TValue> flight,
        TState state,
        Func<TState, Flight<TValue>, ValueTask<TValue>> load,
        in EntryPlan plan,
        CancellationToken cancellationToken)
    {
        Task<TValue> task;
        if (SecondLevel is null && !CacheTelemetry.IsObserved)
        {
            try
            {
                var running = Start(flight, state, load);
                if (running.IsCompletedSuccessfully)
                {
                    var value = running.GetAwaiter().GetResult();
                    Finish(flight, value);
                    return new ValueTask<TValue>(flight.Take(value));
                }

                task = Join(flight);
                _ = CompleteAsync(flight, running);
            }
            catch (Exception exception)
            {
                return Fail(flight, exception, out var stale) ? new ValueTask<TValue>(flight.Take(stale!)) : ValueTask.FromException<TValue>(exception);
            }
        }
        else
        {
            task = Join(flight);
            _ = RunAsync(flight, state, load);
        }

        return WaitAsync(flight, task, plan.Settings, cancellationToken);
    }

    // Until it has returned for the first time, who waits for it on this very thread would wait for itself. A synchronous factory that refreshes on
    // the pool does all its work in here.
    private static ValueTask<TValue> Start<TState, TValue>(Flight<TValue> flight, TState state, Func<TState, Flight<TValue>, ValueTask<TValue>> load)
    {
        flight.LoadingThread = Environment.CurrentManagedThreadId;
        try
        {
            return load(state, flight);
        }
        finally
        {
            flight.LoadingThread = 0;
        }
    }

    // Never throws: a load that fails fails the flight.
    private async Task CompleteAsync<TValue>(Flight<TKey, TValue> flight, ValueTask<TValue> running)
    {
        try
        {
            Finish(flight, await running.ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            Fail(flight, exception, out _);
        }
    }

    // The load uses what its starter brought: a scoped service, say, that is disposed when the starter's request is aborted.
    // If it fails after that, it is not the failure of the others, and they load with what they brought themselves.
    private async ValueTask<TValue> FollowAsync<TState, TValue>(
        Flight<TKey, TValue> flight,
        TState state,
        Func<TState, Flight<TValue>, ValueTask<TValue>> load,
        EntryPlan plan,
        CancellationToken cancellationToken)
    {
        try
        {
            return await WaitAsync(flight, flight.Join(), plan.Settings, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsStartersOwn(flight, exception) && !cancellationToken.IsCancellationRequested)
        {
            return await LoadAsync(flight.Key, state, load, plan, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsStartersOwn<TValue>(Flight<TValue> flight, Exception exception) => flight.StarterLeft && flight.HasFailedWith(exception);

    private static Flight<TKey, TValue>? Find<TValue>(FlightStripe<TKey> stripe, TKey key, EntrySettings settings)
    {
        for (var running = stripe.First(key); running is not null; running = running.Next)
        {
            if (running is Flight<TKey, TValue> same && same.Flags == settings.Flags && same.Stamps.AreCurrent)
                return same;
        }

        return null;
    }

    private Task<TValue> Join<TValue>(Flight<TKey, TValue> flight)
    {
        lock (StripeOf(flight.Key).Lock)
            return flight.Join();
    }

    private SecondLevelVisit? NewVisit() => SecondLevel is null ? null : new SecondLevelVisit();

    private void Leave<TValue>(Flight<TKey, TValue> flight)
    {
        var stripe = StripeOf(flight.Key);
        lock (stripe.Lock)
        {
            Debug.Assert(flight.Callers > 0, "A caller leaves once.");
            if (--flight.Callers > 0 || flight.IsDetached)
                return;
            if (flight.IsLinked)
                stripe.Unlink(flight.Key, flight);
        }

        flight.Cancel();
    }

    // Thrown by way of its capture, so that the stack it shows does not grow with every caller.
    private static ValueTask<TValue> Rethrow<TValue>(ExceptionDispatchInfo failure)
    {
        try
        {
            failure.Throw();
            return default;
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<TValue>(exception);
        }
    }
}
