using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ProDev.Caching.Internal;

// Single flight. Whoever misses looks into the store again under the stripe's lock and then joins the running load of its
// key and type, or becomes the one that loads. A load publishes its value under the same lock before it is unlinked, so
// nobody can miss both.
internal sealed partial class CacheStore<TKey>
{
    /// <summary>Loads a value that was missing, together with all others who miss it.</summary>
    public ValueTask<TValue> LoadAsync<TState, TValue>(
        TKey key,
        TState state,
        Func<TState, CancellationToken, ValueTask<TValue>> load,
        in EntryPlan plan,
        CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<TValue>(cancellationToken);
        if (!Enter<TValue>(key, plan, synchronous: false, out var entry, out var flight))
            return entry is not null ? new ValueTask<TValue>(entry.Value) : FollowAsync(flight, state, load, plan, cancellationToken);

        _ = RunAsync(flight, state, load, plan);
        return cancellationToken.CanBeCanceled && !flight.Task.IsCompleted
            ? WaitAsync(flight, isStarter: true, cancellationToken)
            : new ValueTask<TValue>(flight.Task);
    }

    /// <summary>The synchronous form: one caller loads on its own thread, the others block until it has.</summary>
    public TValue Load<TState, TValue>(
        TKey key,
        TState state,
        Func<TState, CancellationToken, TValue> load,
        in EntryPlan plan,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Enter<TValue>(key, plan, synchronous: true, out var entry, out var flight))
            return Run(flight, state, load, plan, cancellationToken);
        if (entry is not null)
            return entry.Value;
        try
        {
            return Wait(flight, cancellationToken);
        }
        catch (Exception) when (flight.StarterLeft && !cancellationToken.IsCancellationRequested)
        {
            // As in FollowAsync: the failure may be the starter's own.
            return Load(key, state, load, plan, cancellationToken);
        }
    }

    /// <summary>Answers true when the caller has to run the load. Else there is an entry, or a running load to wait for.</summary>
    private bool Enter<TValue>(
        TKey key,
        in EntryPlan plan,
        bool synchronous,
        out CacheEntry<TKey, TValue>? entry,
        out Flight<TKey, TValue> flight)
    {
        // Before the lock, for it runs code of the caller, and before the load, for a tag invalidated from here on counts.
        var stamps = _core.Tags.Stamp(plan.Tags);
        var stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            entry = null;
            flight = null!;
            if (plan.Reads && TryGet(key, out entry))
                return false;
            for (var running = stripe.First(key); running is not null; running = running.Next)
            {
                if (running is not Flight<TKey, TValue> same || same.Flags != plan.Flags || !same.Stamps.AreCurrent)
                    continue;
                same.Callers++;
                flight = same;
                return false;
            }

            flight = new Flight<TKey, TValue>(key, plan.Flags, stamps) { LoadingThread = synchronous ? Environment.CurrentManagedThreadId : 0 };
            stripe.Link(key, flight);
            return true;
        }
    }

    // Starts on the leader's thread and in its execution context. Never throws: a load that throws at once, or hands back no
    // task at all, fails the flight like any other.
    private async Task RunAsync<TState, TValue>(
        Flight<TKey, TValue> flight, TState state, Func<TState, CancellationToken, ValueTask<TValue>> load, EntryPlan plan)
    {
        try
        {
            Finish(flight, await load(state, flight.Token).ConfigureAwait(false), plan);
        }
        catch (Exception exception)
        {
            Fail(flight, exception);
        }
    }

    private TValue Run<TState, TValue>(
        Flight<TKey, TValue> flight, TState state, Func<TState, CancellationToken, TValue> load, in EntryPlan plan, CancellationToken cancellationToken)
    {
        using var leaving = cancellationToken.UnsafeRegister(_ => Leave(flight, isStarter: true), null);
        try
        {
            var value = load(state, flight.Token);
            Finish(flight, value, plan);
            return value;
        }
        catch (Exception exception)
        {
            Fail(flight, exception);
            if (exception is OperationCanceledException)
                cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    // The load uses what its starter brought: a scoped service, say, that is disposed when the starter's request is aborted.
    // If it fails after that, it is not the failure of the others, and they load with what they brought themselves.
    private async ValueTask<TValue> FollowAsync<TState, TValue>(
        Flight<TKey, TValue> flight,
        TState state,
        Func<TState, CancellationToken, ValueTask<TValue>> load,
        EntryPlan plan,
        CancellationToken cancellationToken)
    {
        try
        {
            return await WaitAsync(flight, isStarter: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (flight.StarterLeft && !cancellationToken.IsCancellationRequested)
        {
            return await LoadAsync(flight.Key, state, load, plan, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<TValue> WaitAsync<TValue>(Flight<TKey, TValue> flight, bool isStarter, CancellationToken cancellationToken)
    {
        try
        {
            return await flight.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !flight.Task.IsCompleted)
        {
            Leave(flight, isStarter);
            throw;
        }
    }

    private TValue Wait<TValue>(Flight<TKey, TValue> flight, CancellationToken cancellationToken)
    {
        if (flight.LoadingThread == Environment.CurrentManagedThreadId)
            ThrowRecursion(flight.Key);
        try
        {
            // Blocking is what a synchronous method does. The thread that loads exists already, so it cannot be starved.
            return flight.Task.WaitAsync(cancellationToken).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !flight.Task.IsCompleted)
        {
            Leave(flight, isStarter: false);
            throw;
        }
    }

    private void Finish<TValue>(Flight<TKey, TValue> flight, TValue value, in EntryPlan plan)
    {
        var stripe = StripeOf(flight.Key);
        lock (stripe.Lock)
        {
            if (flight.IsLinked)
            {
                if (plan.Writes && flight.Stamps.AreCurrent)
                    Put(flight.Key, NewEntry(flight.Key, value, plan.Lifetime, flight.Stamps));
                stripe.Unlink(flight.Key, flight);
            }
        }

        flight.Complete(value);
        _core.Eviction.CatchUp();
    }

    private void Fail<TValue>(Flight<TKey, TValue> flight, Exception exception)
    {
        var stripe = StripeOf(flight.Key);
        lock (stripe.Lock)
        {
            if (flight.IsLinked)
                stripe.Unlink(flight.Key, flight);
        }

        flight.Fail(exception);
    }

    private void Leave<TValue>(Flight<TKey, TValue> flight, bool isStarter)
    {
        var stripe = StripeOf(flight.Key);
        lock (stripe.Lock)
        {
            Debug.Assert(flight.Callers > 0, "A caller leaves once.");
            flight.StarterLeft |= isStarter;
            if (--flight.Callers > 0)
                return;
            if (flight.IsLinked)
                stripe.Unlink(flight.Key, flight);
        }

        flight.Cancel();
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowRecursion(TKey key) => throw new InvalidOperationException(
        $"Loading the cache key '{key}' asked the cache for that same key on the same thread, which would wait for itself for ever. " +
        "Call the decorated service's own method inside it, not the cached one.");
}
