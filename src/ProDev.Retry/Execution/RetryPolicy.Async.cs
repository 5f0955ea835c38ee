using System.Runtime.CompilerServices;

namespace ProDev.Retry;

public sealed partial class RetryPolicy
{
    /// <summary>Runs an operation with state, so that a <see langword="static"/> lambda needs no closure.</summary>
    /// <typeparam name="TState">The state.</typeparam>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="state">Handed to each attempt. Pass a tuple for several values.</param>
    /// <param name="operation">One attempt. It gets the caller's token and should honour it.</param>
    /// <param name="cancellationToken">Ends the call: no attempt starts after it, and a delay stops at once.</param>
    /// <returns>The result of the last attempt.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="operation"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="InvalidOperationException">A callback of the policy threw.</exception>
    /// <exception cref="Exception">Whatever the last attempt threw, with its stack.</exception>
    public ValueTask<T> ExecuteAsync<TState, T>(
        TState state, Func<TState, CancellationToken, ValueTask<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _engine.RunAsync<ResultOperation<TState, T>, T>(new(state, operation), cancellationToken);
    }

    /// <summary>Runs an operation.</summary>
    /// <inheritdoc cref="ExecuteAsync{TState, T}(TState, Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)"/>
    public ValueTask<T> ExecuteAsync<T>(
        Func<CancellationToken, ValueTask<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _engine.RunAsync<ResultOperation<T>, T>(new(operation), cancellationToken);
    }

    /// <summary>Runs an operation without a result, with state, so that a <see langword="static"/> lambda needs no closure.</summary>
    /// <returns>A task that completes when an attempt succeeded.</returns>
    /// <inheritdoc cref="ExecuteAsync{TState, T}(TState, Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)"/>
    public ValueTask ExecuteAsync<TState>(
        TState state, Func<TState, CancellationToken, ValueTask> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _engine.RunAsync<PlainOperation<TState>>(new(state, operation), cancellationToken);
    }

    /// <summary>Runs an operation without a result.</summary>
    /// <returns>A task that completes when an attempt succeeded.</returns>
    /// <inheritdoc cref="ExecuteAsync{TState, T}(TState, Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)"/>
    public ValueTask ExecuteAsync(
        Func<CancellationToken, ValueTask> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _engine.RunAsync<PlainOperation>(new(operation), cancellationToken);
    }

    /// <summary>
    /// Runs a struct operation: the call is specialised for it, without a delegate. Both type arguments have to be written.
    /// </summary>
    /// <typeparam name="TOperation">The operation.</typeparam>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="operation">One attempt. Make it a readonly struct: whether an attempt sees what the one before has changed in it is not defined.</param>
    /// <param name="cancellationToken">Ends the call: no attempt starts after it, and a delay stops at once.</param>
    /// <returns>The result of the last attempt.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="InvalidOperationException">A callback of the policy threw.</exception>
    /// <exception cref="Exception">Whatever the last attempt threw, with its stack.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ValueTask<T> ExecuteAsync<TOperation, T>(TOperation operation, CancellationToken cancellationToken = default)
        where TOperation : struct, IRetryOperation<T> => _engine.RunAsync<TOperation, T>(operation, cancellationToken);

    /// <summary>Runs a struct operation without a result: the call is specialised for it, without a delegate.</summary>
    /// <returns>A task that completes when an attempt succeeded.</returns>
    /// <inheritdoc cref="ExecuteAsync{TOperation, T}(TOperation, CancellationToken)"/>
    public ValueTask ExecuteAsync<TOperation>(TOperation operation, CancellationToken cancellationToken = default)
        where TOperation : struct, IRetryOperation => _engine.RunAsync(operation, cancellationToken);
}
