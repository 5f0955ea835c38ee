using ProDev.Benchmarks;

namespace ProDev.Jobs.Benchmarks;

/// <summary>How fast does an application enqueue jobs, one after the other?</summary>
internal sealed class ClientEnqueueOne(IJobSystem system, int jobs) : MacroCase(system.Name)
{
    public override Task OpenAsync(string directory) => Task.CompletedTask;

    public override async Task PrepareAsync()
    {
        await system.OpenAsync();
        await system.EnqueueAsync(Texts.OfPayloadSize);
    }

    public override async Task<long> RunAsync()
    {
        for (var i = 0; i < jobs; i++)
            await system.EnqueueAsync(Texts.OfPayloadSize);
        return jobs;
    }

    public override ValueTask DisposeAsync() => system.DisposeAsync();
}
