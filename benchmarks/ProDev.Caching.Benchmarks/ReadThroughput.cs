using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using ProDev.Benchmarks;
using ZiggyCreatures.Caching.Fusion;

namespace ProDev.Caching.Benchmarks;

/// <summary>One thread a core reads the same entries, as fast as it can. An operation is a read, on whichever core.</summary>
internal sealed class ReadThroughput(string name, Func<ServiceProvider> create, Func<ServiceProvider, Func<string, City>> reader) : MacroCase(name)
{
    private const int Passes = 3000;

    private readonly ServiceProvider _provider = create();
    private Func<string, City> _read = Hit.Missing<City>;

    public static MacroSuite Suite => new(
        nameof(ReadThroughput),
        () => new ReadThroughput("ConcurrentDictionary", Caches.ProDev, static _ =>
        {
            var entries = new ConcurrentDictionary<string, City>(StringComparer.Ordinal);
            return key => entries.TryGetValue(key, out var city) ? city : entries.GetOrAdd(key, NewCity);
        }),
        () => new ReadThroughput("ProDevHybridCache", Caches.ProDev, OfHybridCache),
        () => new ReadThroughput("HybridCache", Caches.Microsoft, OfHybridCache),
        () => new ReadThroughput("FusionCache", Caches.Fusion, static provider =>
        {
            var cache = provider.GetRequiredService<IFusionCache>();
            return key => Hit.Completed(cache.GetOrSetAsync<City>(key, static (_, _) => Task.FromResult(NewCity("City"))));
        }))
    {
        Rounds = MacroSuite.FewestRounds,
    };

    public override Task OpenAsync(string directory)
    {
        _read = reader(_provider);
        foreach (var key in Hit.Names)
            _read(key);
        return Task.CompletedTask;
    }

    public override async Task<long> RunAsync()
    {
        var readers = Environment.ProcessorCount;
        await Task.WhenAll(Enumerable.Range(0, readers).Select(_ =>
            Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return (long)readers * Passes * Hit.Keys;
    }

    public override ValueTask DisposeAsync() => _provider.DisposeAsync();

    private static Func<string, City> OfHybridCache(ServiceProvider provider)
    {
        var cache = provider.GetRequiredService<HybridCache>();
        return key => Hit.Completed(cache.GetOrCreateAsync(key, key, static (key, _) => new ValueTask<City>(NewCity(key))));
    }

    private static City NewCity(string name) => new(Hit.Country, 1, name);

    private int Read()
    {
        var sum = 0;
        for (var pass = 0; pass < Passes; pass++)
        {
            foreach (var key in Hit.Names)
                sum += _read(key).Id;
        }

        return sum;
    }
}
