namespace Quickstart.Import;

/// <summary>
/// Lets one job write at a time. SQLite has one writer anyway; but who finds it busy sleeps and tries again, while who waits here goes
/// on as soon as the turn is free.
/// </summary>
internal sealed class WriteTurn : IDisposable
{
    private readonly SemaphoreSlim _free = new(1);

    /// <summary>Waits for the turn; disposing the result passes it on.</summary>
    public async Task<IDisposable> WaitAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        return new Turn(_free);
    }

    public void Dispose() => _free.Dispose();

    private sealed class Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
