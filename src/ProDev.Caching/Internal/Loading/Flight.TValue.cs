namespace ProDev.Caching.Internal;

/// <summary>A shared load of a value.</summary>
internal abstract class Flight<TValue>(EntrySettings settings, TagStamps stamps, long startedAt, bool isCancellable)
    : Flight(settings, stamps, startedAt, isCancellable)
{
    private TaskCompletionSource<TValue>? _completion;
    private bool _isTaken;

    /// <summary>An expired value that fail-safe may serve, or the one that is being refreshed.</summary>
    public abstract bool HasStale { get; }

    /// <summary>The value of <see cref="HasStale"/>.</summary>
    public abstract TValue Stale { get; }

    /// <summary>Copies values of this type; null: callers share one.</summary>
    public ICopier<TValue>? Copier { get; init; }

    /// <summary>Gives the callers a value each, when it has come and is not one to be shared.</summary>
    public ValueCopy<TValue>? Copy { get; set; }

    /// <summary>What one of the callers gets: the first the value itself, the others one of their own.</summary>
    public TValue Take(TValue value) => Copy is { } copy && Interlocked.Exchange(ref _isTaken, true) ? copy.Next() : value;

    /// <summary>
    /// What those who wait wait for. Made under the stripe's lock when the first one needs it: a load that completes at once for the one
    /// caller it has needs none.
    /// </summary>
    // Callers continue on the pool: their code must not run inside the load, under whatever the load holds.
    public Task<TValue> Join() => (_completion ??= new TaskCompletionSource<TValue>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Complete(TValue value) => _completion?.TrySetResult(value);

    /// <summary>Whether this is what the load failed with; the end of a caller's own patience is not.</summary>
    public bool HasFailedWith(Exception exception) => _completion?.Task.Exception?.InnerException == exception;

    public void Fail(Exception exception)
    {
        if (_completion is not { } completion)
            return;
        completion.TrySetException(exception);

        // When every caller has left, nobody else would observe it.
        _ = completion.Task.Exception;
    }
}
