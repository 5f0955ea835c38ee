using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

/// <summary>
/// Random orders of loads, changes and outages in two processes. The source holds a number that only grows; each change of it is announced by one of the ways
/// there are. From then on that process never reads a smaller one; the other does not either, from when the change was delivered.
/// </summary>
public sealed class SecondLevelSoakTests
{
    private const string Key = "|key";

    private readonly SharedWorld _world = new();
    private readonly List<(Process Process, SecondLevelStamp Stamp, int Value)> _loads = [];
    private readonly int[] _floors = new int[2];
    private readonly int[] _announced = new int[2];
    private readonly Process[] _processes;
    private int _source;
    private int _hits;

    public SecondLevelSoakTests() => _processes = [new Process(_world), new Process(_world)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task No_order_of_events_brings_an_old_value_back(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 20_000; step++)
        {
            var at = random.Next(2);
            switch (random.Next(12))
            {
                case < 4:
                    await BeginLoadAsync(at);
                    break;
                case < 7 when _loads.Count > 0:
                    await EndLoadAsync(random.Next(_loads.Count));
                    break;
                case 7:
                    await AnnounceAsync(at, random.Next(4));
                    break;
                case 8 when random.Next(4) == 0:
                    _world.Store.FailAlways();
                    break;
                case 9:
                    _world.Store.Repair();
                    break;
                default:
                    _world.Time.Advance(TimeSpan.FromSeconds(random.Next(10) == 0 ? 150 : random.Next(4)));
                    break;
            }

            await SettleAsync();
        }

        Assert.True(_hits > 500, $"Only {_hits} reads found a value.");
    }

    private async Task BeginLoadAsync(int at)
    {
        var read = await _processes[at].ReadAsync<int>(Key, "tag");
        if (read.Freshness == SecondLevelFreshness.Missing)
        {
            _loads.Add((_processes[at], read.Stamp, _source));
            return;
        }

        Assert.True(read.Value >= _floors[at], $"Read {read.Value} after {_floors[at]} was announced.");
        _hits++;
    }

    private async Task EndLoadAsync(int index)
    {
        var (process, stamp, value) = _loads[index];
        _loads.RemoveAt(index);
        await process.Level.StoreLoadedAsync(Key, value, ["tag"], stamp, Process.Settings, default);
    }

    private async Task AnnounceAsync(int at, int way)
    {
        var level = _processes[at].Level;
        _source++;
        await (way switch
        {
            0 => level.RemoveAsync(Key, default),
            1 => level.InvalidateTagAsync("tag", default),
            2 => level.ExpireAsync(Key, default),
            _ => level.SetAsync(Key, _source, ["tag"], Process.Settings, default),
        });
        _floors[at] = _announced[at] = _source;
    }

    private async Task SettleAsync()
    {
        for (var at = 0; at < 2; at++)
        {
            await _processes[at].Level.Recovery.Idle;
            if (_processes[at].Level.Recovery.Pending.Count == 0)
                _floors[1 - at] = Math.Max(_floors[1 - at], _announced[at]);
        }
    }
}
