namespace ProDev.Caching;

/// <summary>
/// Carries notices between the processes that share a second level. It need not deliver every one, but it must notice when it may have
/// missed some: the cache then drops what it holds in memory and reads the second level again.
/// </summary>
public interface ICacheBackplane
{
    /// <summary>
    /// Whether notices of other processes arrive at this moment: the connection stands, and nothing that was missed has yet to be said. For health
    /// checks: answered at once from what is known already, on any thread, without asking a server.
    /// </summary>
    /// <value>null, unless an implementation says otherwise: not known.</value>
    bool? IsConnected => null;

    /// <summary>Sends a notice to all other processes.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes when the notice was handed over.</returns>
    ValueTask PublishAsync(CacheNotice notice, CancellationToken cancellationToken);

    /// <summary>Begins to listen, in the background, and goes on through outages. Called once.</summary>
    /// <param name="received">Gets every notice of another process. Does not throw and returns at once.</param>
    /// <param name="missed">Called when notices may have been missed: after a lost connection, or a gap in their numbers.</param>
    /// <returns>Ends the listening when disposed.</returns>
    IAsyncDisposable Listen(Action<CacheNotice> received, Action missed);
}
