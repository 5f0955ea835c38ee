using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Internal;

/// <summary>A shared load of a value.</summary>
internal sealed class Flight<TKey, TValue>(TKey key, HybridCacheEntryFlags flags, TagStamps stamps) : Flight(flags, stamps)
    where TKey : notnull
{
    // Callers continue on the pool: their code must not run inside the load, under whatever the load holds.
    private readonly TaskCompletionSource<TValue> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TKey Key { get; } = key;

    public Task<TValue> Task => _completion.Task;

    public void Complete(TValue value) => _completion.TrySetResult(value);

    public void Fail(Exception exception)
    {
        _completion.TrySetException(exception);

        // When every caller has left, nobody else would observe it.
        _ = _completion.Task.Exception;
    }
}
