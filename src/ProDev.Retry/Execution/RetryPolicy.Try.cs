namespace ProDev.Retry;

// The forms that answer how the call ended instead of throwing.
public sealed partial class RetryPolicy
{
    /// <summary>
    /// Runs an operation with state, and answers how the call ended: neither what an attempt throws nor the caller's cancellation is thrown. A failure that
    /// is expected costs a fraction of an exception this way.
    /// </summary>
    /// <typeparam name="TState">The state.</typeparam>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="state">Handed to each attempt. Pass a tuple for several values.</param>
    /// <param name="operation">One attempt. It gets the caller's token, or the attempt's, and should honour it.</param>
    /// <param name="cancellationToken">Ends the call: no attempt starts after it, and a delay stops at once.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="operation"/> is null.</exception>
    public ValueTask<RetryOutcome<T>> TryExecuteAsync<TState, T>(
        TState state, Func<TState, CancellationToken, ValueTask<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _engine.TryAsync<ResultOperation<TState, T>, T>(new(state, operation), cancellationToken);
    }

    /// <summary>Runs an operation, and answers how the call ended instead of throwing.</summary>
    /// <inheritdoc cref="TryExecuteAsync{TState, T}(TState, Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)"/>
    public ValueTask<RetryOutcome<T>> TryExecuteAsync<T>(
        Func<CancellationToken, ValueTask<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _engine.TryAsync<ResultOperation<T>, T>(new(operation), cancellationToken);
    }

    /// <summary>Runs an operation without a result, with state, and answers how the call ended instead of throwing.</summary>
    /// <inheritdoc cref="TryExecuteAsync{TState, T}(TState, Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)"/>
    public ValueTask<RetryOutcome> TryExecuteAsync<TState>(
        TState state, Func<TState, CancellationToken, ValueTask> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _engine.TryAsync(new PlainOperation<TState>(state, operation), cancellationToken);
    }

    /// <summary>Runs an operation without a result, and answers how the call ended instead of throwing.</summary>
    /// <inheritdoc cref="TryExecuteAsync{TState, T}(TState, Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)"/>
    public ValueTask<RetryOutcome> TryExecuteAsync(Func<CancellationToken, ValueTask> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _engine.TryAsync(new PlainOperation(operation), cancellationToken);
    }

    /// <summary>Runs a struct operation, and answers how the call ended instead of throwing. Both type arguments have to be written.</summary>
    /// <typeparam name="TOperation">The operation.</typeparam>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="operation">One attempt. Make it a readonly struct: whether an attempt sees what the one before has changed in it is not defined.</param>
    /// <param name="cancellationToken">Ends the call: no attempt starts after it, and a delay stops at once.</param>
    /// <returns>The outcome.</returns>
    public ValueTask<RetryOutcome<T>> TryExecuteAsync<TOperation, T>(TOperation operation, CancellationToken cancellationToken = default)
        where TOperation : struct, IRetryOperation<T> => _engine.TryAsync<TOperation, T>(operation, cancellationToken);

    /// <summary>Runs a struct operation without a result, and answers how the call ended instead of throwing.</summary>
    /// <inheritdoc cref="TryExecuteAsync{TOperation, T}(TOperation, CancellationToken)"/>
    public ValueTask<RetryOutcome> TryExecuteAsync<TOperation>(TOperation operation, CancellationToken cancellationToken = default)
        where TOperation : struct, IRetryOperation => _engine.TryAsync(operation, cancellationToken);
}
