namespace ProDev.Retry;

// Delegates seen as struct operations, so that every public form runs through the same three loops.

internal readonly struct ResultOperation<T>(Func<CancellationToken, ValueTask<T>> operation) : IRetryOperation<T>, IHasState
{
    object? IHasState.State => null;

    public ValueTask<T> InvokeAsync(CancellationToken cancellationToken) => operation(cancellationToken);
}

internal readonly struct ResultOperation<TState, T>(TState state, Func<TState, CancellationToken, ValueTask<T>> operation)
    : IRetryOperation<T>, IHasState
{
    object? IHasState.State => state;

    public ValueTask<T> InvokeAsync(CancellationToken cancellationToken) => operation(state, cancellationToken);
}

internal readonly struct TaskOperation<T>(Func<CancellationToken, Task<T>> operation) : IRetryOperation<T>, IReturnsTask, IHasState
{
    object? IHasState.State => null;

    public ValueTask<T> InvokeAsync(CancellationToken cancellationToken) => new(operation(cancellationToken));
}

internal readonly struct TaskOperation<TState, T>(TState state, Func<TState, CancellationToken, Task<T>> operation)
    : IRetryOperation<T>, IReturnsTask, IHasState
{
    object? IHasState.State => state;

    public ValueTask<T> InvokeAsync(CancellationToken cancellationToken) => new(operation(state, cancellationToken));
}

internal readonly struct PlainOperation(Func<CancellationToken, ValueTask> operation) : IRetryOperation, IHasState
{
    object? IHasState.State => null;

    public ValueTask InvokeAsync(CancellationToken cancellationToken) => operation(cancellationToken);
}

internal readonly struct PlainOperation<TState>(TState state, Func<TState, CancellationToken, ValueTask> operation)
    : IRetryOperation, IHasState
{
    object? IHasState.State => state;

    public ValueTask InvokeAsync(CancellationToken cancellationToken) => operation(state, cancellationToken);
}

internal readonly struct PlainTaskOperation(Func<CancellationToken, Task> operation) : IRetryOperation, IHasState
{
    object? IHasState.State => null;

    public ValueTask InvokeAsync(CancellationToken cancellationToken) => new(operation(cancellationToken));
}

internal readonly struct PlainTaskOperation<TState>(TState state, Func<TState, CancellationToken, Task> operation)
    : IRetryOperation, IHasState
{
    object? IHasState.State => state;

    public ValueTask InvokeAsync(CancellationToken cancellationToken) => new(operation(state, cancellationToken));
}

internal readonly struct SyncOperation<T>(Func<CancellationToken, T> operation) : ISyncRetryOperation<T>, IHasState
{
    object? IHasState.State => null;

    public T Invoke(CancellationToken cancellationToken) => operation(cancellationToken);
}

internal readonly struct SyncOperation<TState, T>(TState state, Func<TState, CancellationToken, T> operation)
    : ISyncRetryOperation<T>, IHasState
{
    object? IHasState.State => state;

    public T Invoke(CancellationToken cancellationToken) => operation(state, cancellationToken);
}

internal readonly struct ActionOperation(Action<CancellationToken> operation) : ISyncRetryOperation, IHasState
{
    object? IHasState.State => null;

    public void Invoke(CancellationToken cancellationToken) => operation(cancellationToken);
}

internal readonly struct ActionOperation<TState>(TState state, Action<TState, CancellationToken> operation) : ISyncRetryOperation, IHasState
{
    object? IHasState.State => state;

    public void Invoke(CancellationToken cancellationToken) => operation(state, cancellationToken);
}

/// <summary>A synchronous operation without a result, with an empty one, so that one synchronous loop serves both.</summary>
internal readonly struct EmptyResultOperation<TOperation>(TOperation operation) : ISyncRetryOperation<ValueTuple>, IHasState
    where TOperation : struct, ISyncRetryOperation
{
    object? IHasState.State => operation is IHasState stateful ? stateful.State : operation;

    public ValueTuple Invoke(CancellationToken cancellationToken)
    {
        operation.Invoke(cancellationToken);
        return default;
    }
}
