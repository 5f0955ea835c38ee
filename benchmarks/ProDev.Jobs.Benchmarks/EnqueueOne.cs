namespace ProDev.Jobs.Benchmarks;

/// <summary>How fast do jobs get into the store when each caller enqueues one and waits until it is durable?</summary>
internal sealed class EnqueueOne(IQueue queue, int callers, int jobs) : QueueCase(queue)
{
    private readonly IReadOnlyList<byte[]> _one = Payloads(1);

    public override async Task<long> RunAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync)));
        return jobs / callers * callers;
    }

    private async Task CallAsync()
    {
        for (var i = 0; i < jobs / callers; i++)
            await Queue.EnqueueAsync(_one);
    }
}
