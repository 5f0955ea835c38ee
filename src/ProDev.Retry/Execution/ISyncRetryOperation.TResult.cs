namespace ProDev.Retry;

/// <summary>A synchronous operation with a result, written as a struct; see <see cref="IRetryOperation{T}"/>.</summary>
/// <typeparam name="T">The result.</typeparam>
public interface ISyncRetryOperation<T>
{
    /// <inheritdoc cref="ISyncRetryOperation.Invoke"/>
    /// <returns>The result.</returns>
    T Invoke(CancellationToken cancellationToken);
}
