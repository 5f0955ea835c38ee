namespace ProDev.Jobs.Benchmarks;

/// <summary>
/// The work that both sides do, each in a place of its own: a file with WAL and synchronous=FULL, or a schema of the server.
/// </summary>
internal interface IQueue : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Opens an empty queue. No other has had the path; those on a server need none.</summary>
    Task OpenAsync(string path);

    /// <summary>Adds the payloads in one transaction.</summary>
    Task EnqueueAsync(IReadOnlyList<byte[]> payloads);

    /// <summary>Claims up to that many jobs in one transaction and finishes them in another; returns how many there were.</summary>
    Task<int> ClaimAndFinishAsync(int maximum);
}
