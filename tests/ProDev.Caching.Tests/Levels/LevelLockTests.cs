namespace ProDev.Caching.Tests;

public sealed class LevelLockTests
{
    private readonly MemoryLocks _locks = new();
    private readonly SharedWorld _world;

    public LevelLockTests() => _world = new SharedWorld { Locks = _locks };

    [Fact]
    public async Task The_lock_is_given_back_when_the_stale_value_that_was_found_cannot_be_copied()
    {
        var serializer = new Box.Serializer();
        await using var services = serializer.Services();
        var options = new CacheEntryOptions { Expiration = TimeSpan.FromMinutes(1), FailSafeMaxDuration = TimeSpan.FromHours(1), Isolation = ValueIsolation.Copy };
        await TwoLevelCache.Create(_world, services: services).SetAsync("key", new Box(), options);
        _world.Time.Advance(TimeSpan.FromMinutes(2));
        serializer.FailsToWrite = static _ => true;

        var other = TwoLevelCache.Create(_world, services: services);
        await Assert.ThrowsAsync<InvalidDataException>(() => other.GetOrCreateAsync("key", static (_, _) => new ValueTask<Box>(new Box()), options).AsTask());

        Assert.False(_locks.IsHeld("|key"));
    }

    [Fact]
    public async Task A_call_for_many_does_not_wait_for_another_process_that_loads_a_part_of_them()
    {
        var cache = TwoLevelCache.Create(_world);
        await using var held = await _locks.TryAcquireAsync("|2", default);

        var found = await cache.GetOrCreateManyAsync(
            [1, 2],
            static id => $"{id}",
            static (missing, _) => new ValueTask<IReadOnlyDictionary<int, int>>(missing.ToDictionary(id => id, id => 10 * id))).AsTask().WaitAsync(TwoLevelCache.Patience);

        Assert.Equal(20, found[2]);
        Assert.False(_locks.IsHeld("|1"));
    }
}
