namespace ProDev.Retry;

public sealed partial class CircuitBreaker
{
    /// <summary>Runs a synchronous operation if the breaker lets it through, with state, so that a <see langword="static"/> lambda needs no closure.</summary>
    /// <typeparam name="TState">The state.</typeparam>
    /// <typeparam name="T">The result. It must not be a task: the breaker would judge its creation only.</typeparam>
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
    public T Execute<TState, T>(
        TState state, Func<TState, CancellationToken, T> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunSync<SyncOperation<TState, T>, T>(new(state, operation), cancellationToken);
    }

    /// <summary>Runs a synchronous operation if the breaker lets it through.</summary>
    /// <inheritdoc cref="Execute{TState, T}(TState, Func{TState, CancellationToken, T}, CancellationToken)"/>
    public T Execute<T>(Func<CancellationToken, T> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunSync<SyncOperation<T>, T>(new(operation), cancellationToken);
    }

    /// <summary>Runs a synchronous operation without a result if the breaker lets it through, with state.</summary>
    /// <inheritdoc cref="Execute{TState, T}(TState, Func{TState, CancellationToken, T}, CancellationToken)"/>
    public void Execute<TState>(
        TState state, Action<TState, CancellationToken> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        RunSync<EmptyResultOperation<ActionOperation<TState>>, ValueTuple>(new(new(state, operation)), cancellationToken);
    }

    /// <summary>Runs a synchronous operation without a result if the breaker lets it through.</summary>
    /// <inheritdoc cref="Execute{TState, T}(TState, Func{TState, CancellationToken, T}, CancellationToken)"/>
    public void Execute(Action<CancellationToken> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        RunSync<EmptyResultOperation<ActionOperation>, ValueTuple>(new(new(operation)), cancellationToken);
    }

    /// <summary>
    /// Runs a synchronous struct operation if the breaker lets it through: the call is specialised for it, without a delegate. Both type
    /// arguments have to be written.
    /// </summary>
    /// <inheritdoc cref="ExecuteAsync{TOperation, T}(TOperation, CancellationToken)"/>
    public T Execute<TOperation, T>(TOperation operation, CancellationToken cancellationToken = default)
        where TOperation : struct, ISyncRetryOperation<T> => RunSync<TOperation, T>(operation, cancellationToken);

    /// <summary>Runs a synchronous struct operation without a result if the breaker lets it through.</summary>
    /// <inheritdoc cref="ExecuteAsync{TOperation, T}(TOperation, CancellationToken)"/>
    public void Execute<TOperation>(TOperation operation, CancellationToken cancellationToken = default)
        where TOperation : struct, ISyncRetryOperation =>
        RunSync<EmptyResultOperation<TOperation>, ValueTuple>(new(operation), cancellationToken);
}
