namespace ProDev.Caching;

/// <summary>
/// Lets one process at a time load a key, so that a miss in many processes runs one factory. A courtesy to the source and no more: correctness
/// rests on generations, so a lock that is lost, late or not to be had costs a second load and nothing else.
/// </summary>
public interface ICacheLoadLocks
{
    /// <summary>Tries to become the one that loads.</summary>
    /// <param name="key">The key as the second level knows it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lock, renewed until it is disposed; null when another process holds it.</returns>
    ValueTask<IAsyncDisposable?> TryAcquireAsync(string key, CancellationToken cancellationToken);

    /// <summary>Waits until the lock of a key is likely to be free.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes when the holder is done, or when it is time to look again.</returns>
    ValueTask WaitAsync(string key, CancellationToken cancellationToken);
}
