using System.Runtime.CompilerServices;

namespace ProDev.Retry;

// The forms that answer how the call ended, for operations that return Task. An async lambda fits these and the ValueTask forms alike, hence the lower priority.
public sealed partial class RetryPolicy
{
    /// <inheritdoc cref="TryExecuteAsync{TState, T}(TState, Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)"/>
    [OverloadResolutionPriority(BehindValueTask)]
    public ValueTask<RetryOutcome<T>> TryExecuteAsync<TState, T>(
        TState state, Func<TState, CancellationToken, Task<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _engine.TryAsync<TaskOperation<TState, T>, T>(new(state, operation), cancellationToken);
    }

    /// <inheritdoc cref="TryExecuteAsync{T}(Func{CancellationToken, ValueTask{T}}, CancellationToken)"/>
    [OverloadResolutionPriority(BehindValueTask)]
    public ValueTask<RetryOutcome<T>> TryExecuteAsync<T>(
        Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _engine.TryAsync<TaskOperation<T>, T>(new(operation), cancellationToken);
    }

    /// <inheritdoc cref="TryExecuteAsync{TState}(TState, Func{TState, CancellationToken, ValueTask}, CancellationToken)"/>
    [OverloadResolutionPriority(BehindValueTask)]
    public ValueTask<RetryOutcome> TryExecuteAsync<TState>(
        TState state, Func<TState, CancellationToken, Task> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _engine.TryAsync(new PlainTaskOperation<TState>(state, operation), cancellationToken);
    }

    /// <inheritdoc cref="TryExecuteAsync(Func{CancellationToken, ValueTask}, CancellationToken)"/>
    [OverloadResolutionPriority(BehindValueTask)]
    public ValueTask<RetryOutcome> TryExecuteAsync(Func<CancellationToken, Task> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _engine.TryAsync(new PlainTaskOperation(operation), cancellationToken);
    }
}
