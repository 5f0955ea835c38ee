namespace ProDev.Jobs.Benchmarks;

/// <summary>ProDev.Jobs.PostgreSql through its seam, in a schema of its own, while another process listens for new jobs.</summary>
internal sealed class PostgreSqlStoreQueue : IQueue
{
    private PostgreSqlSchema? _schema;
    private StoreQueue? _queue;

    public string Name => "ProDevStore";

    public async Task OpenAsync(string path)
    {
        _schema = new PostgreSqlSchema();
        _queue = new StoreQueue((jobs, _) => _schema.Use(jobs));
        await _queue.OpenAsync(path);
        await _schema.ListenAsync();
    }

    public Task EnqueueAsync(IReadOnlyList<byte[]> payloads) => _queue!.EnqueueAsync(payloads);

    public Task<int> ClaimAndFinishAsync(int maximum) => _queue!.ClaimAndFinishAsync(maximum);

    public async ValueTask DisposeAsync()
    {
        if (_schema is null)
            return;
        await _queue!.DisposeAsync();
        await _schema.DisposeAsync();
        _schema = null;
    }
}
