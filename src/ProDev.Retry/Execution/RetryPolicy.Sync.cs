namespace ProDev.Retry;

public sealed partial class RetryPolicy
{
    /// <summary>
    /// Runs a synchronous operation with state, so that a <see langword="static"/> lambda needs no closure. Delays <b>block
    /// the calling thread</b>; use <c>ExecuteAsync</c> wherever an asynchronous form of the operation exists.
    /// </summary>
    /// <remarks>With a <see cref="TimeProvider"/> of your own, another thread has to advance the clock during a delay.</remarks>
    /// <typeparam name="TState">The state.</typeparam>
    /// <typeparam name="T">The result. It must not be a task: the policy would retry its creation only.</typeparam>
    /// <param name="state">Handed to each attempt. Pass a tuple for several values.</param>
    /// <param name="operation">One attempt. It gets the caller's token and should honour it.</param>
    /// <param name="cancellationToken">Ends the call: no attempt starts after it, and a delay stops at once.</param>
    /// <returns>The result of the last attempt.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="operation"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="InvalidOperationException">A callback of the policy threw.</exception>
    /// <exception cref="Exception">Whatever the last attempt threw, with its stack.</exception>
    public T Execute<TState, T>(
        TState state, Func<TState, CancellationToken, T> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _engine.Run<SyncOperation<TState, T>, T>(new(state, operation), cancellationToken);
    }

    /// <summary>Runs a synchronous operation. Delays <b>block the calling thread</b>.</summary>
    /// <inheritdoc cref="Execute{TState, T}(TState, Func{TState, CancellationToken, T}, CancellationToken)"/>
    public T Execute<T>(Func<CancellationToken, T> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _engine.Run<SyncOperation<T>, T>(new(operation), cancellationToken);
    }

    /// <summary>Runs a synchronous operation without a result, with state. Delays <b>block the calling thread</b>.</summary>
    /// <inheritdoc cref="Execute{TState, T}(TState, Func{TState, CancellationToken, T}, CancellationToken)"/>
    public void Execute<TState>(
        TState state, Action<TState, CancellationToken> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        _engine.Run<EmptyResultOperation<ActionOperation<TState>>, ValueTuple>(new(new(state, operation)), cancellationToken);
    }

    /// <summary>Runs a synchronous operation without a result. Delays <b>block the calling thread</b>.</summary>
    /// <inheritdoc cref="Execute{TState, T}(TState, Func{TState, CancellationToken, T}, CancellationToken)"/>
    public void Execute(Action<CancellationToken> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        _engine.Run<EmptyResultOperation<ActionOperation>, ValueTuple>(new(new(operation)), cancellationToken);
    }

    /// <summary>
    /// Runs a synchronous struct operation: the call is specialised for it, without a delegate. Both type arguments have to be
    /// written. Delays <b>block the calling thread</b>.
    /// </summary>
    /// <inheritdoc cref="ExecuteAsync{TOperation, T}(TOperation, CancellationToken)"/>
    public T Execute<TOperation, T>(TOperation operation, CancellationToken cancellationToken = default)
        where TOperation : struct, ISyncRetryOperation<T> => _engine.Run<TOperation, T>(operation, cancellationToken);

    /// <summary>Runs a synchronous struct operation without a result. Delays <b>block the calling thread</b>.</summary>
    /// <inheritdoc cref="ExecuteAsync{TOperation, T}(TOperation, CancellationToken)"/>
    public void Execute<TOperation>(TOperation operation, CancellationToken cancellationToken = default)
        where TOperation : struct, ISyncRetryOperation =>
        _engine.Run<EmptyResultOperation<TOperation>, ValueTuple>(new(operation), cancellationToken);
}
