using System.Globalization;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using ProDev.Benchmarks;

namespace ProDev.Caching.Benchmarks;

/// <summary>
/// A thousand callers on all cores ask for one key, whose factory ends when the last has asked; then for the next key. An
/// operation is a call. The count is that of the factory's runs beyond the first.
/// </summary>
internal sealed class DuplicateLoadsOfThousand(string name, Func<ServiceProvider> create) : MacroCase(name)
{
    private const int Callers = 1000;
    private const int Waves = 100;

    private static readonly string[] Keys = [.. Enumerable.Range(0, Waves).Select(wave => wave.ToString(CultureInfo.InvariantCulture))];

    private ServiceProvider _provider = create();
    private LoadCounts _loads = new(Waves);

    public static MacroSuite Suite => new(
        nameof(DuplicateLoadsOfThousand),
        () => new DuplicateLoadsOfThousand("ProDevHybridCache", Caches.ProDev),
        () => new DuplicateLoadsOfThousand("HybridCache", Caches.Microsoft),
        () => new DuplicateLoadsOfThousand("FusionHybridCache", Caches.Fusion))
    {
        Rounds = MacroSuite.FewestRounds,
    };

    public override long? Count => _loads.Duplicates;

    public override Task OpenAsync(string directory) => Task.CompletedTask;

    public override async Task PrepareAsync()
    {
        await _provider.DisposeAsync();
        _provider = create();
        _loads = new LoadCounts(Waves);
    }

    public override async Task<long> RunAsync()
    {
        var cache = _provider.GetRequiredService<HybridCache>();
        for (var wave = 0; wave < Waves; wave++)
            await Task.WhenAll(Wave(cache, wave));
        return (long)Waves * Callers;
    }

    public override ValueTask DisposeAsync() => _provider.DisposeAsync();

    private IEnumerable<Task<int>> Wave(HybridCache cache, int wave)
    {
        var missing = Callers;
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var state = (Loads: _loads, wave, answer.Task);
        return Enumerable.Range(0, Callers).Select(_ => Task.Run(() =>
        {
            var value = cache.GetOrCreateAsync(
                Keys[wave],
                state,
                static (call, _) =>
                {
                    call.Loads.Add(call.wave);
                    return new ValueTask<int>(call.Task);
                });
            if (Interlocked.Decrement(ref missing) == 0)
                answer.SetResult(wave);
            return value.AsTask();
        }));
    }
}
