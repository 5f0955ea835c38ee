namespace ProDev.Jobs.Benchmarks;

/// <summary>The work that both sides do, each in a file of its own with WAL and synchronous=FULL.</summary>
internal interface IQueue : IAsyncDisposable
{
    string Name { get; }

    Task OpenAsync(string path);

    /// <summary>Adds the payloads in one transaction.</summary>
    Task EnqueueAsync(IReadOnlyList<byte[]> payloads);

    /// <summary>Claims up to that many jobs in one transaction and finishes them in another; returns how many there were.</summary>
    Task<int> ClaimAndFinishAsync(int maximum);
}
