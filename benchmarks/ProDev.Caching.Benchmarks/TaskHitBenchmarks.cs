using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Benchmarks;

/// <summary>What does a hit of a method cost that returns a task, beside one that returns a value task?</summary>
public class TaskHitBenchmarks
{
    private readonly ServiceProvider _ours = Caches.ProDev();
    private readonly ServiceProvider _microsoft = Caches.Microsoft();
    private readonly ICityCatalog _decorator;
    private readonly HandWrittenCatalog _handWritten;

    public TaskHitBenchmarks()
    {
        _decorator = _ours.GetRequiredService<ICityCatalog>();
        _handWritten = new HandWrittenCatalog(new CityCatalog(), _microsoft.GetRequiredService<HybridCache>());
    }

    [GlobalSetup]
    public async Task FillAsync()
    {
        for (var id = 0; id < Hit.Keys; id++)
        {
            await _decorator.FindAsync(Hit.Country, id);
            await _decorator.GetAsync(Hit.Country, id);
            await _handWritten.GetAsync(Hit.Country, id);
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _ours.Dispose();
        _microsoft.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Hit.Keys)]
    public int ValueTaskDecorator()
    {
        var sum = 0;
        for (var id = 0; id < Hit.Keys; id++)
            sum += Hit.Completed(_decorator.FindAsync(Hit.Country, id)).Id;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int TaskDecorator() => Get(_decorator);

    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int HandWrittenTaskDecorator() => Get(_handWritten);

    private static int Get(ICityCatalog catalog)
    {
        var sum = 0;
        for (var id = 0; id < Hit.Keys; id++)
            sum += Hit.Completed(catalog.GetAsync(Hit.Country, id)).Id;
        return sum;
    }
}
