using System.Collections.Concurrent;
using ProDev.Shared.Collections;

namespace ProDev.Retry.Tests;

public sealed class BoundedMapTests
{
    [Fact]
    public void KeyThatIsAskedForOftenStays_InAFloodOfOthers()
    {
        var map = new BoundedMap<int, object>(8);
        var hot = Get(map, -1);
        var cold = Get(map, -2);
        for (var i = 0; i < 1000; i++)
        {
            Assert.Same(hot, Get(map, -1));
            Get(map, i);
            Assert.True(map.Count <= 8);
        }

        Assert.Equal(8, map.Count);
        Assert.NotSame(cold, Get(map, -2));
    }

    [Fact]
    public void KeyThatWasNotAskedForAgainGoes_BeforeThoseThatWere()
    {
        var map = new BoundedMap<int, object>(4);
        var made = Enumerable.Range(0, 4).Select(i => Get(map, i)).ToList();
        foreach (var used in new[] { 0, 1, 3 })
            Get(map, used);

        Get(map, 4);

        Assert.All(new[] { 0, 1, 3 }, key => Assert.Same(made[key], Get(map, key)));
        Assert.NotSame(made[2], Get(map, 2));
    }

    [Fact]
    public void NewKeyFindsAPlace_WhenAllOthersWereUsed()
    {
        var map = new BoundedMap<int, object>(3);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 3; i++)
                Get(map, i);
        }

        Assert.Same(Get(map, 3), Get(map, 3));
        Assert.Equal(3, map.Count);
    }

    [Fact]
    public void KeyThatWasUsedLongAgoGoes_BeforeOneThatIsNew()
    {
        var map = new BoundedMap<int, object>(3);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 3; i++)
                Get(map, i);
        }

        // The first new key wears all marks off. One of the old keys is used again, the other is the one to go.
        var made = Get(map, 3);
        var used = Get(map, 1);
        Get(map, 4);

        Assert.Same(made, Get(map, 3));
        Assert.Same(used, Get(map, 1));
    }

    [Fact]
    public void MapOfOneHoldsTheLatest()
    {
        var map = new BoundedMap<string, object>(1, StringComparer.OrdinalIgnoreCase);
        var first = Get(map, "a");
        Assert.Same(first, Get(map, "A"));

        var second = Get(map, "b");

        Assert.Same(second, Get(map, "B"));
        Assert.Equal(1, map.Count);
        Assert.NotSame(first, Get(map, "a"));
    }

    [Fact]
    public void NothingIsKept_WhenTheCallbackThrows()
    {
        var map = new BoundedMap<int, object>(2);

        Assert.Throws<IOException>(() => map.GetOrAdd(1, 0, static (_, _) => throw new IOException()));

        Assert.Equal(0, map.Count);
        Assert.NotNull(Get(map, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BoundedMap<int, object>(0));
    }

    [Fact]
    public void CallbackMayAskTheMap()
    {
        var map = new BoundedMap<int, string>(2);

        var value = map.GetOrAdd(1, map, static (_, inner) => "1 and " + inner.GetOrAdd(2, 0, static (_, _) => "2"));

        Assert.Equal("1 and 2", value);
        Assert.Equal(2, map.Count);
    }

    [Fact]
    public async Task AllCallersGetOneValue_WhenTheyMissAKeyTogether()
    {
        var map = new BoundedMap<int, object>(100);
        var seen = new ConcurrentBag<object>();
        using var allMissed = new Barrier(64);

        // The callback ends when all 64 threads run it: each has missed the key and made a value.
        await Crowd.RunAsync(64, _ => seen.Add(map.GetOrAdd(7, allMissed, static (_, barrier) =>
        {
            barrier.SignalAndWait();
            return new object();
        })));

        Assert.Equal(64, seen.Count);
        Assert.Single(seen.Distinct());
        Assert.Same(Get(map, 7), seen.First());
    }

    [Fact]
    public async Task BoundHolds_WhenManyThreadsAddAndReadDifferentKeys()
    {
        var map = new BoundedMap<int, object>(16);
        var largest = 0;
        var wrong = 0;

        await Crowd.RunAsync(64, number =>
        {
            for (var i = 0; i < 500; i++)
            {
                var key = ((number * 31) + (i * 7)) % 97;
                var value = map.GetOrAdd(key, 0, static (made, _) => (object)made);
                if ((int)value != key)
                    Interlocked.Increment(ref wrong);
                if (i % 50 == 0)
                    InterlockedMax(ref largest, map.Count);
            }
        });

        Assert.Equal(0, wrong);
        Assert.InRange(largest, 1, 16);
        Assert.Equal(16, map.Count);
    }

    private static object Get<TKey>(BoundedMap<TKey, object> map, TKey key)
        where TKey : notnull => map.GetOrAdd(key, 0, static (_, _) => new object());

    private static void InterlockedMax(ref int largest, int value)
    {
        var seen = Volatile.Read(ref largest);
        while (value > seen)
        {
            var found = Interlocked.CompareExchange(ref largest, value, seen);
            if (found == seen)
                return;
            seen = found;
        }
    }
}
