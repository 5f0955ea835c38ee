using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.Benchmarks;

/// <summary>The memory of the host, with the defaults.</summary>
internal sealed class MemoryPlace : IStorePlace
{
    public void Use(IProDevJobsBuilder jobs) => jobs.UseInMemory();

    public Task ListenAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
