namespace ProDev.Retry;

/// <summary>
/// An asynchronous operation with a result, written as a struct so that the policy calls it without a delegate, a
/// closure or an allocation. Generated decorators use it; write one by hand on the hottest paths only.
/// </summary>
/// <typeparam name="T">The result.</typeparam>
public interface IRetryOperation<T>
{
    /// <inheritdoc cref="IRetryOperation.InvokeAsync"/>
    ValueTask<T> InvokeAsync(CancellationToken cancellationToken);
}
