namespace ProDev.Jobs.Benchmarks;

/// <summary>How fast do jobs go through, a hundred claimed in one transaction and finished in another?</summary>
internal sealed class ClaimAndFinish(IQueue queue) : QueueCase(queue)
{
    private const int Jobs = 10_000;
    private const int BatchSize = 100;

    private readonly IReadOnlyList<byte[]> _backlog = Payloads(1000);

    public override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        for (var i = 0; i < Jobs; i += _backlog.Count)
            await Queue.EnqueueAsync(_backlog);
    }

    public override async Task<long> RunAsync()
    {
        var finished = 0;
        while (await Queue.ClaimAndFinishAsync(BatchSize) is > 0 and var count)
            finished += count;
        return finished == Jobs
            ? finished
            : throw new InvalidOperationException($"{finished} jobs were finished, but {Jobs} were enqueued.");
    }
}
