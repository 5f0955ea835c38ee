using System.Globalization;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

/// <summary>Many threads read, write, remove and invalidate at once; afterwards store and policy must agree to the last entry.</summary>
public sealed class EvictionSoakTests
{
    private const int Workers = 8;
    private const int Rounds = 20_000;
    private const int Limit = 64;
    private const int MostOver = 32 + (2 * Workers);

    [Theory]
    [InlineData(null)]
    [InlineData(100L)]
    public async Task StoreAndPolicy_Agree_WhenManyThreadsHaveWrittenAndRemoved(long? weight)
    {
        var core = new CacheCore(new ProDevCachingOptions { MaximumEntries = Limit, MaximumWeight = weight }, new CacheParts());
        var store = new CacheStore<int>(core, format: null);
        var others = new CacheStore<string>(core, format: null);

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() =>
        {
            var random = (uint)worker + 1;
            for (var round = 0; round < Rounds; round++)
            {
                random = (random * 1664525) + 1013904223;
                var key = (int)((random >> 16) % 300);
                Act(core, store, others, key, (int)(random >> 8) % 16);
            }
        })));

        core.Eviction.CatchUp();
        StructureCheck.AssertConsistent(core.Eviction.Policy, weight ?? Limit, weighs: weight is not null);
        var kept = core.Eviction.Policy.Segments.SelectMany(Entries).ToHashSet();
        Assert.Equal(store.Entries.Values.Concat(others.Entries.Values).ToHashSet(), kept);
        Assert.InRange(kept.Count, Limit / 2, (int)(weight ?? Limit));
    }

    [Fact]
    public async Task Store_IsHardlyOverTheLimit_WhileManyThreadsWrite()
    {
        var core = new CacheCore(new ProDevCachingOptions { MaximumEntries = Limit }, new CacheParts());
        var store = new CacheStore<int>(core, format: null);

        var most = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() =>
        {
            var most = 0;
            for (var round = 0; round < Rounds / 4; round++)
            {
                store.Set((round * Workers) + worker, round, Plan);
                most = Math.Max(most, store.Entries.Count);
            }

            return most;
        })));

        Assert.InRange(most.Max(), Limit, Limit + MostOver);
        Assert.Equal(Limit, store.Entries.Count);
    }

    private static EntryPlan Plan => new(EntrySettings.BuiltIn with { Expiration = TimeSpan.FromHours(1) }, Tags: null);

    private static void Act(CacheCore core, CacheStore<int> store, CacheStore<string> others, int key, int action)
    {
        switch (action)
        {
            case < 6:
                store.Set(key, key, Plan);
                break;
            case < 8:
                others.Set(key.ToString(CultureInfo.InvariantCulture), key, Plan with { Tags = ["tag"] });
                break;
            case < 10:
                store.Remove(key);
                break;
            case 10:
                store.Set(key, key, new EntryPlan(EntrySettings.BuiltIn with { Expiration = TimeSpan.Zero }, Tags: null));
                break;
            case 11 when key == 0:
                core.RemoveByTag("*");
                break;
            case 12 when key < 10:
                core.RemoveByTag("tag");
                break;
            default:
                store.TryRead<int>(key, out _);
                break;
        }
    }

    private static IEnumerable<CacheEntry> Entries(EntryList segment)
    {
        for (var entry = segment.Newest; entry is not null; entry = entry.Older)
            yield return entry;
    }
}
