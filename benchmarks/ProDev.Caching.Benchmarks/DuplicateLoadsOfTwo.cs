using System.Globalization;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using ProDev.Benchmarks;
using ProDev.Caching.Tests.Conformance;

namespace ProDev.Caching.Benchmarks;

/// <summary>
/// Two callers ask for the same key at the same moment, and the factory is instant: a million races over the rounds, a new
/// cache for each round. The count is that of the second runs of a factory.
/// </summary>
internal sealed class DuplicateLoadsOfTwo(string name, Func<ServiceProvider> create) : MacroCase(name)
{
    private const int Races = 1_000_000 / MacroSuite.FewestRounds;

    private static readonly string[] Keys = [.. Enumerable.Range(0, Races).Select(race => race.ToString(CultureInfo.InvariantCulture))];

    private ServiceProvider _provider = create();
    private LoadCounts _loads = new(Races);

    public static MacroSuite Suite => new(
        nameof(DuplicateLoadsOfTwo),
        () => new DuplicateLoadsOfTwo("ProDevHybridCache", Caches.ProDev),
        () => new DuplicateLoadsOfTwo("HybridCache", Caches.Microsoft),
        () => new DuplicateLoadsOfTwo("FusionHybridCache", Caches.Fusion))
    {
        Rounds = MacroSuite.FewestRounds,
    };

    public override long? Count => _loads.Duplicates;

    public override Task OpenAsync(string directory) => Task.CompletedTask;

    public override async Task PrepareAsync()
    {
        await _provider.DisposeAsync();
        _provider = create();
        _loads = new LoadCounts(Races);
    }

    public override async Task<long> RunAsync()
    {
        var cache = _provider.GetRequiredService<HybridCache>();
        List<Task<int>>[] waiting = [[], []];
        await Lockstep.RunAsync(Races, (race, caller) =>
        {
            var value = cache.GetOrCreateAsync(
                Keys[race], (Loads: _loads, race), static (call, _) => new ValueTask<int>(call.Loads.Add(call.race)));
            if (!value.IsCompletedSuccessfully)
                waiting[caller].Add(value.AsTask());
        });
        await Task.WhenAll(waiting.SelectMany(tasks => tasks));
        return Races;
    }

    public override ValueTask DisposeAsync() => _provider.DisposeAsync();
}
