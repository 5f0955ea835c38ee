namespace ProDev.Retry;

/// <summary>A synchronous operation without a result, written as a struct; see <see cref="IRetryOperation"/>.</summary>
public interface ISyncRetryOperation
{
    /// <summary>Runs one attempt. The policy calls it again for each retry, so it must not change its own state.</summary>
    /// <param name="cancellationToken">The caller's token.</param>
    void Invoke(CancellationToken cancellationToken);
}
