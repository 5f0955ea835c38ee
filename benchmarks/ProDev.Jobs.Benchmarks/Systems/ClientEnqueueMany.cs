using ProDev.Benchmarks;

namespace ProDev.Jobs.Benchmarks;

/// <summary>How fast does an application enqueue jobs, a thousand at a time?</summary>
internal sealed class ClientEnqueueMany(IJobSystem system) : MacroCase(system.Name)
{
    private const int Batches = 20;
    private const int BatchSize = 1000;

    public override Task OpenAsync(string directory) => Task.CompletedTask;

    public override async Task PrepareAsync()
    {
        await system.OpenAsync();
        await system.EnqueueAsync(Texts.OfPayloadSize);
    }

    public override async Task<long> RunAsync()
    {
        for (var i = 0; i < Batches; i++)
            await system.EnqueueManyAsync(BatchSize, Texts.OfPayloadSize);
        return Batches * BatchSize;
    }

    public override ValueTask DisposeAsync() => system.DisposeAsync();
}
