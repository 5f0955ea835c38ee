namespace ProDev.Jobs.Benchmarks;

/// <summary>How fast do jobs get into the store, a thousand in a transaction?</summary>
internal sealed class EnqueueMany(IQueue queue) : QueueCase(queue)
{
    private const int Batches = 20;
    private const int BatchSize = 1000;

    private readonly IReadOnlyList<byte[]> _batch = Payloads(BatchSize);

    public override async Task<long> RunAsync()
    {
        for (var i = 0; i < Batches; i++)
            await Queue.EnqueueAsync(_batch);
        return Batches * BatchSize;
    }
}
