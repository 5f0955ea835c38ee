namespace ProDev.Retry;

/// <summary>
/// An asynchronous operation without a result, written as a struct so that the policy calls it without a delegate, a
/// closure or an allocation. Generated decorators use it; write one by hand on the hottest paths only.
/// </summary>
public interface IRetryOperation
{
    /// <summary>Runs one attempt. The policy calls it again for each retry, so it must not change its own state.</summary>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The attempt, awaited once.</returns>
    ValueTask InvokeAsync(CancellationToken cancellationToken);
}
