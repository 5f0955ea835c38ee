using System.Runtime.CompilerServices;

namespace ProDev.Retry;

// The forms for operations that return Task. An async lambda fits these and the ValueTask forms alike, hence the lower priority.
public sealed partial class HedgingPolicy
{
    private const int BehindValueTask = -1;

    /// <inheritdoc cref="ExecuteAsync{TState, T}(TState, Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)"/>
    [OverloadResolutionPriority(BehindValueTask)]
    public ValueTask<T> ExecuteAsync<TState, T>(
        TState state, Func<TState, CancellationToken, Task<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync<TaskOperation<TState, T>, T>(new(state, operation), cancellationToken);
    }

    /// <inheritdoc cref="ExecuteAsync{T}(Func{CancellationToken, ValueTask{T}}, CancellationToken)"/>
    [OverloadResolutionPriority(BehindValueTask)]
    public ValueTask<T> ExecuteAsync<T>(
        Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync<TaskOperation<T>, T>(new(operation), cancellationToken);
    }

    /// <inheritdoc cref="ExecuteAsync{TState}(TState, Func{TState, CancellationToken, ValueTask}, CancellationToken)"/>
    [OverloadResolutionPriority(BehindValueTask)]
    public ValueTask ExecuteAsync<TState>(
        TState state, Func<TState, CancellationToken, Task> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync<PlainTaskOperation<TState>>(new(state, operation), cancellationToken);
    }

    /// <inheritdoc cref="ExecuteAsync(Func{CancellationToken, ValueTask}, CancellationToken)"/>
    [OverloadResolutionPriority(BehindValueTask)]
    public ValueTask ExecuteAsync(Func<CancellationToken, Task> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync<PlainTaskOperation>(new(operation), cancellationToken);
    }
}
