namespace ProDev.Retry;

public sealed partial class ConcurrencyLimit
{
    /// <summary>Runs an operation in a place of its own, with state, so that a <see langword="static"/> lambda needs no closure.</summary>
    /// <typeparam name="TState">The state.</typeparam>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="state">Handed to the operation. Pass a tuple for several values.</param>
    /// <param name="operation">The work. It gets the caller's token and should honour it.</param>
    /// <param name="cancellationToken">Ends the wait for a place; the operation does not start after it.</param>
    /// <returns>The result of the operation.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="operation"/> is null.</exception>
    /// <exception cref="ConcurrencyLimitException">Places and queue are full, or the call waited too long.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="Exception">Whatever the operation threw, with its stack.</exception>
    public ValueTask<T> ExecuteAsync<TState, T>(
        TState state, Func<TState, CancellationToken, ValueTask<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync<ResultOperation<TState, T>, T>(new(state, operation), cancellationToken);
    }

    /// <summary>Runs an operation in a place of its own.</summary>
    /// <inheritdoc cref="ExecuteAsync{TState, T}(TState, Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)"/>
    public ValueTask<T> ExecuteAsync<T>(
        Func<CancellationToken, ValueTask<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync<ResultOperation<T>, T>(new(operation), cancellationToken);
    }

    /// <summary>Runs an operation without a result, with state, so that a <see langword="static"/> lambda needs no closure.</summary>
    /// <returns>A task that completes with the operation.</returns>
    /// <inheritdoc cref="ExecuteAsync{TState, T}(TState, Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)"/>
    public ValueTask ExecuteAsync<TState>(
        TState state, Func<TState, CancellationToken, ValueTask> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync<PlainOperation<TState>>(new(state, operation), cancellationToken);
    }

    /// <summary>Runs an operation without a result.</summary>
    /// <returns>A task that completes with the operation.</returns>
    /// <inheritdoc cref="ExecuteAsync{TState, T}(TState, Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)"/>
    public ValueTask ExecuteAsync(
        Func<CancellationToken, ValueTask> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync<PlainOperation>(new(operation), cancellationToken);
    }

    /// <summary>
    /// Runs a struct operation: the call is specialised for it, without a delegate. Both type arguments have to be written.
    /// </summary>
    /// <typeparam name="TOperation">The operation.</typeparam>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="operation">The work.</param>
    /// <param name="cancellationToken">Ends the wait for a place; the operation does not start after it.</param>
    /// <returns>The result of the operation.</returns>
    /// <exception cref="ConcurrencyLimitException">Places and queue are full, or the call waited too long.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="Exception">Whatever the operation threw, with its stack.</exception>
    public ValueTask<T> ExecuteAsync<TOperation, T>(TOperation operation, CancellationToken cancellationToken = default)
        where TOperation : struct, IRetryOperation<T> => RunAsync<TOperation, T>(operation, cancellationToken);

    /// <summary>Runs a struct operation without a result: the call is specialised for it, without a delegate.</summary>
    /// <returns>A task that completes with the operation.</returns>
    /// <inheritdoc cref="ExecuteAsync{TOperation, T}(TOperation, CancellationToken)"/>
    public ValueTask ExecuteAsync<TOperation>(TOperation operation, CancellationToken cancellationToken = default)
        where TOperation : struct, IRetryOperation => RunAsync(operation, cancellationToken);
}
