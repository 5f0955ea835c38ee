namespace ProDev.Caching.Internal;

// The synchronous form: one caller loads on its own thread, the others block until it has. It uses memory only: the second level
// cannot be asked without waiting for a task.
internal sealed partial class CacheStore<TKey>
{
    public TValue Load<TState, TValue>(
        TKey key, TState state, Func<TState, Flight<TValue>, TValue> load, in EntryPlan plan, CancellationToken cancellationToken)
    {
        if (TryServe(key, (state, load), static (call, flight) => new ValueTask<TValue>(call.load(call.state, flight)), plan, out TValue? served))
            return served!;
        cancellationToken.ThrowIfCancellationRequested();
        _core.Telemetry.Miss();
        switch (Enter<TValue>(key, plan, Environment.CurrentManagedThreadId, cancellationToken, out var entry, out var failure, out var flight))
        {
            case Entrance.Found:
                return entry!.Value;
            case Entrance.Leads:
                return Run(flight!, state, load, cancellationToken);
            case Entrance.Failed:
                failure!.Throw();
                break;
        }

        try
        {
            return Wait(flight!, plan.Settings, cancellationToken);
        }
        catch (Exception exception) when (IsStartersOwn(flight!, exception) && !cancellationToken.IsCancellationRequested)
        {
            // As in FollowAsync: the failure may be the starter's own.
            return Load(key, state, load, plan, cancellationToken);
        }
    }

    private TValue Run<TState, TValue>(
        Flight<TKey, TValue> flight, TState state, Func<TState, Flight<TValue>, TValue> load, CancellationToken cancellationToken)
    {
        using var leaving = cancellationToken.UnsafeRegister(_ => Leave(flight), null);
        try
        {
            TValue value;
            using (var measured = _core.Telemetry.StartLoad(flight))
            {
                value = load(state, flight);
                measured.Succeeded();
            }

            Finish(flight, value);
            return flight.Take(value);
        }
        catch (Exception exception)
        {
            if (Fail(flight, exception, out var stale))
                return flight.Take(stale!);
            if (exception is OperationCanceledException)
                cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }
}
