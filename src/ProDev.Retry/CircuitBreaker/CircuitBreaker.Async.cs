namespace ProDev.Retry;

public sealed partial class CircuitBreaker
{
    /// <summary>Runs an operation if the breaker lets it through, with state, so that a <see langword="static"/> lambda needs no closure.</summary>
    /// <remarks>An operation that completes at once and succeeds allocates nothing. The returned task is awaited once, like any other.</remarks>
    /// <typeparam name="TState">The state.</typeparam>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="state">Handed to the operation. Pass a tuple for several values.</param>
    /// <param name="operation">The call. It gets the caller's token and should honour it.</param>
    /// <param name="cancellationToken">
    /// The caller's. Once it is cancelled, no operation starts, and whatever a running one throws is neutral.
    /// </param>
    /// <returns>The result of the operation.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="operation"/> is null.</exception>
    /// <exception cref="CircuitOpenException">The breaker rejected the call; the operation did not run.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled before the operation started, or the operation threw it.</exception>
    /// <exception cref="Exception">Whatever the operation threw, with its stack.</exception>
    public ValueTask<T> ExecuteAsync<TState, T>(
        TState state, Func<TState, CancellationToken, ValueTask<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync<ResultOperation<TState, T>, T>(new(state, operation), cancellationToken);
    }

    /// <summary>Runs an operation if the breaker lets it through.</summary>
    /// <inheritdoc cref="ExecuteAsync{TState, T}(TState, Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)"/>
    public ValueTask<T> ExecuteAsync<T>(
        Func<CancellationToken, ValueTask<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync<ResultOperation<T>, T>(new(operation), cancellationToken);
    }

    /// <summary>Runs an operation without a result if the breaker lets it through, with state.</summary>
    /// <returns>A task that completes with the operation.</returns>
    /// <inheritdoc cref="ExecuteAsync{TState, T}(TState, Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)"/>
    public ValueTask ExecuteAsync<TState>(
        TState state, Func<TState, CancellationToken, ValueTask> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync<PlainOperation<TState>>(new(state, operation), cancellationToken);
    }

    /// <summary>Runs an operation without a result if the breaker lets it through.</summary>
    /// <returns>A task that completes with the operation.</returns>
    /// <inheritdoc cref="ExecuteAsync{TState, T}(TState, Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)"/>
    public ValueTask ExecuteAsync(
        Func<CancellationToken, ValueTask> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync<PlainOperation>(new(operation), cancellationToken);
    }

    /// <summary>
    /// Runs a struct operation if the breaker lets it through: the call is specialised for it, without a delegate. Both type arguments
    /// have to be written.
    /// </summary>
    /// <typeparam name="TOperation">The operation.</typeparam>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="operation">The call.</param>
    /// <param name="cancellationToken">
    /// The caller's. Once it is cancelled, no operation starts, and whatever a running one throws is neutral.
    /// </param>
    /// <returns>The result of the operation.</returns>
    /// <exception cref="CircuitOpenException">The breaker rejected the call; the operation did not run.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled before the operation started, or the operation threw it.</exception>
    /// <exception cref="Exception">Whatever the operation threw, with its stack.</exception>
    public ValueTask<T> ExecuteAsync<TOperation, T>(TOperation operation, CancellationToken cancellationToken = default)
        where TOperation : struct, IRetryOperation<T> => RunAsync<TOperation, T>(operation, cancellationToken);

    /// <summary>Runs a struct operation without a result if the breaker lets it through.</summary>
    /// <returns>A task that completes with the operation.</returns>
    /// <inheritdoc cref="ExecuteAsync{TOperation, T}(TOperation, CancellationToken)"/>
    public ValueTask ExecuteAsync<TOperation>(TOperation operation, CancellationToken cancellationToken = default)
        where TOperation : struct, IRetryOperation => RunAsync(operation, cancellationToken);
}
