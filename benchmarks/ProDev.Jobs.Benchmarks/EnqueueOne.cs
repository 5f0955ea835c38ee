namespace ProDev.Jobs.Benchmarks;

/// <summary>How fast do jobs get into the file when each caller enqueues one and waits until it is durable?</summary>
internal sealed class EnqueueOne(IQueue queue, int callers) : QueueCase(queue)
{
    private const int Jobs = 1_600;

    private readonly IReadOnlyList<byte[]> _one = Payloads(1);

    public override async Task<long> RunAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync)));
        return Jobs / callers * callers;
    }

    private async Task CallAsync()
    {
        for (var i = 0; i < Jobs / callers; i++)
            await Queue.EnqueueAsync(_one);
    }
}
