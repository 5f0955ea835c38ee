namespace ProDev.Retry;

public sealed partial class HedgingPolicy
{
    /// <summary>Runs an operation with state, so that a <see langword="static"/> lambda needs no closure.</summary>
    /// <typeparam name="TState">The state.</typeparam>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="state">Handed to each copy, possibly at the same time. Pass a tuple for several values.</param>
    /// <param name="operation">
    /// One copy. It gets a token of its own, which is cancelled when another copy won, and should honour it.
    /// </param>
    /// <param name="cancellationToken">Cancels the tokens of all copies; no copy starts after it.</param>
    /// <returns>The result of the copy that won.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="operation"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="InvalidOperationException">A callback of the policy threw.</exception>
    /// <exception cref="Exception">
    /// What the first copy to fail threw, with its stack; or what a copy threw that is not worth another.
    /// </exception>
    public ValueTask<T> ExecuteAsync<TState, T>(
        TState state, Func<TState, CancellationToken, ValueTask<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync<ResultOperation<TState, T>, T>(new(state, operation), cancellationToken);
    }

    /// <summary>Runs an operation.</summary>
    /// <inheritdoc cref="ExecuteAsync{TState, T}(TState, Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)"/>
    public ValueTask<T> ExecuteAsync<T>(
        Func<CancellationToken, ValueTask<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync<ResultOperation<T>, T>(new(operation), cancellationToken);
    }

    /// <summary>Runs an operation without a result, with state, so that a <see langword="static"/> lambda needs no closure.</summary>
    /// <returns>A task that completes when a copy won.</returns>
    /// <inheritdoc cref="ExecuteAsync{TState, T}(TState, Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)"/>
    public ValueTask ExecuteAsync<TState>(
        TState state, Func<TState, CancellationToken, ValueTask> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync<PlainOperation<TState>>(new(state, operation), cancellationToken);
    }

    /// <summary>Runs an operation without a result.</summary>
    /// <returns>A task that completes when a copy won.</returns>
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
    /// <param name="operation">One copy; a copy of the struct is invoked for each.</param>
    /// <param name="cancellationToken">Cancels the tokens of all copies; no copy starts after it.</param>
    /// <returns>The result of the copy that won.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="InvalidOperationException">A callback of the policy threw.</exception>
    /// <exception cref="Exception">
    /// What the first copy to fail threw, with its stack; or what a copy threw that is not worth another.
    /// </exception>
    public ValueTask<T> ExecuteAsync<TOperation, T>(TOperation operation, CancellationToken cancellationToken = default)
        where TOperation : struct, IRetryOperation<T> => RunAsync<TOperation, T>(operation, cancellationToken);

    /// <summary>Runs a struct operation without a result: the call is specialised for it, without a delegate.</summary>
    /// <returns>A task that completes when a copy won.</returns>
    /// <inheritdoc cref="ExecuteAsync{TOperation, T}(TOperation, CancellationToken)"/>
    public ValueTask ExecuteAsync<TOperation>(TOperation operation, CancellationToken cancellationToken = default)
        where TOperation : struct, IRetryOperation => RunAsync(operation, cancellationToken);
}
