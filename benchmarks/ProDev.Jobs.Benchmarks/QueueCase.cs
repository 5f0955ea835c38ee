using ProDev.Benchmarks;

namespace ProDev.Jobs.Benchmarks;

/// <summary>A case over a new queue for each round, so that no round is slowed down by the rows of an earlier one.</summary>
internal abstract class QueueCase(IQueue queue) : MacroCase(queue.Name)
{
    public const int PayloadBytes = 200;
    private string _directory = "";
    private int _files;

    protected IQueue Queue { get; } = queue;

    public override Task OpenAsync(string directory)
    {
        _directory = directory;
        return Task.CompletedTask;
    }

    public override async Task PrepareAsync()
    {
        await Queue.DisposeAsync();
        await Queue.OpenAsync(Path.Combine(_directory, $"{++_files}.db"));
        // The first use compiles statements and touches the new file's pages; it is not what is measured.
        await Queue.EnqueueAsync(Payloads(1));
        await Queue.ClaimAndFinishAsync(maximum: 1);
    }

    public override ValueTask DisposeAsync() => Queue.DisposeAsync();

    protected static IReadOnlyList<byte[]> Payloads(int count) => [.. Enumerable.Range(0, count).Select(static i => Payload(i))];

    private static byte[] Payload(int seed)
    {
        var payload = new byte[PayloadBytes];
        new Random(seed).NextBytes(payload);
        return payload;
    }
}
