namespace ProDev.Retry;

public sealed partial class ConcurrencyLimit
{
    /// <summary>
    /// Runs a synchronous operation in a place of its own, with state, so that a <see langword="static"/> lambda needs no
    /// closure. Waiting for a place <b>blocks the calling thread</b>; use <c>ExecuteAsync</c> wherever an asynchronous form of the
    /// operation exists.
    /// </summary>
    /// <typeparam name="TState">The state.</typeparam>
    /// <typeparam name="T">The result. It must not be a task: the place would be given back once it is created.</typeparam>
    /// <param name="state">Handed to the operation. Pass a tuple for several values.</param>
    /// <param name="operation">The work. It gets the caller's token and should honour it.</param>
    /// <param name="cancellationToken">Ends the wait for a place; the operation does not start after it.</param>
    /// <returns>The result of the operation.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="operation"/> is null.</exception>
    /// <exception cref="ConcurrencyLimitException">Places and queue are full, or the call waited too long.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="Exception">Whatever the operation threw, with its stack.</exception>
    public T Execute<TState, T>(
        TState state, Func<TState, CancellationToken, T> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunSync<SyncOperation<TState, T>, T>(new(state, operation), cancellationToken);
    }

    /// <summary>Runs a synchronous operation. Waiting for a place <b>blocks the calling thread</b>.</summary>
    /// <inheritdoc cref="Execute{TState, T}(TState, Func{TState, CancellationToken, T}, CancellationToken)"/>
    public T Execute<T>(Func<CancellationToken, T> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunSync<SyncOperation<T>, T>(new(operation), cancellationToken);
    }

    /// <summary>Runs a synchronous operation without a result, with state. Waiting for a place <b>blocks the calling thread</b>.</summary>
    /// <inheritdoc cref="Execute{TState, T}(TState, Func{TState, CancellationToken, T}, CancellationToken)"/>
    public void Execute<TState>(
        TState state, Action<TState, CancellationToken> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        RunSync<EmptyResultOperation<ActionOperation<TState>>, ValueTuple>(new(new(state, operation)), cancellationToken);
    }

    /// <summary>Runs a synchronous operation without a result. Waiting for a place <b>blocks the calling thread</b>.</summary>
    /// <inheritdoc cref="Execute{TState, T}(TState, Func{TState, CancellationToken, T}, CancellationToken)"/>
    public void Execute(Action<CancellationToken> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        RunSync<EmptyResultOperation<ActionOperation>, ValueTuple>(new(new(operation)), cancellationToken);
    }

    /// <summary>
    /// Runs a synchronous struct operation: the call is specialised for it, without a delegate. Both type arguments have to be
    /// written. Waiting for a place <b>blocks the calling thread</b>.
    /// </summary>
    /// <inheritdoc cref="ExecuteAsync{TOperation, T}(TOperation, CancellationToken)"/>
    public T Execute<TOperation, T>(TOperation operation, CancellationToken cancellationToken = default)
        where TOperation : struct, ISyncRetryOperation<T> => RunSync<TOperation, T>(operation, cancellationToken);

    /// <summary>Runs a synchronous struct operation without a result. Waiting for a place <b>blocks the calling thread</b>.</summary>
    /// <inheritdoc cref="ExecuteAsync{TOperation, T}(TOperation, CancellationToken)"/>
    public void Execute<TOperation>(TOperation operation, CancellationToken cancellationToken = default)
        where TOperation : struct, ISyncRetryOperation =>
        RunSync<EmptyResultOperation<TOperation>, ValueTuple>(new(operation), cancellationToken);
}
