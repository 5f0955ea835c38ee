using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class DistributedCacheStoreTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly MemoryDistributedCache _cache = new(Options.Create(new MemoryDistributedCacheOptions()));

    public static TheoryData<bool> WithAndWithoutBuffers => new(false, true);

    [Theory]
    [MemberData(nameof(WithAndWithoutBuffers))]
    public async Task What_is_written_is_read_with_the_versions_of_the_tags(bool buffers)
    {
        var store = Store(buffers);

        Assert.True(await store.WriteAsync("key", Payload(7, 1, 2), Minute, expectedGeneration: null, default));
        var read = await store.ReadAsync("key", ["a", "*"], default);

        Assert.Equal(Payload(7, 1, 2), read.Payload.ToArray());
        Assert.Equal(await store.ReadTagVersionsAsync(["a", "*"], default), read.TagVersions);
        Assert.All(read.TagVersions, static version => Assert.NotEqual(0, version));
        Assert.True((await store.ReadAsync("other", [], default)).Payload.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutBuffers))]
    public async Task A_write_that_expects_a_generation_happens_only_over_that_one(bool buffers)
    {
        var store = Store(buffers);

        Assert.False(await store.WriteAsync("key", Payload(1), Minute, expectedGeneration: 9, default));
        Assert.True(await store.WriteAsync("key", Payload(1), Minute, expectedGeneration: 0, default));
        Assert.False(await store.WriteAsync("key", Payload(2), Minute, expectedGeneration: 0, default));
        Assert.False(await store.WriteAsync("key", Payload(2), Minute, expectedGeneration: 9, default));
        Assert.True(await store.WriteAsync("key", Payload(2), Minute, expectedGeneration: 1, default));
        Assert.True(await store.WriteAsync("key", Payload(3), Minute, expectedGeneration: null, default));

        Assert.Equal(Payload(3), (await store.ReadAsync("key", [], default)).Payload.ToArray());
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutBuffers))]
    public async Task What_somebody_else_has_written_has_no_generation_to_expect(bool buffers)
    {
        await _cache.SetAsync("p:k:key", [1, 2, 3]);

        Assert.False(await Store(buffers).WriteAsync("key", Payload(1), Minute, expectedGeneration: 0, default));
        Assert.True(await Store(buffers).WriteAsync("key", Payload(1), Minute, expectedGeneration: null, default));
    }

    [Fact]
    public async Task A_tag_keeps_its_version_until_it_is_invalidated_and_other_tags_keep_theirs()
    {
        var store = Store(buffers: false);
        var before = await store.ReadTagVersionsAsync(["a", "b"], default);
        Assert.Equal(before, await Store(buffers: false).ReadTagVersionsAsync(["a", "b"], default));

        await store.InvalidateTagAsync("a", default);
        var after = await store.ReadTagVersionsAsync(["a", "b"], default);

        Assert.NotEqual(before[0], after[0]);
        Assert.Equal(before[1], after[1]);
    }

    [Fact]
    public async Task A_marker_that_is_lost_or_damaged_gets_a_version_it_never_had()
    {
        var store = Store(buffers: false);
        var before = await store.ReadTagVersionsAsync(["a"], default);

        await _cache.RemoveAsync("p:t:a");
        var lost = await store.ReadTagVersionsAsync(["a"], default);
        await _cache.SetAsync("p:t:a", [1]);
        var damaged = await store.ReadTagVersionsAsync(["a"], default);

        Assert.Equal(3, new HashSet<long> { before[0], lost[0], damaged[0] }.Count);
        Assert.Equal(damaged, await store.ReadTagVersionsAsync(["a"], default));
    }

    [Fact]
    public async Task Keys_and_tags_of_one_name_and_caches_with_other_prefixes_do_not_meet()
    {
        var store = Store(buffers: false);
        var other = new DistributedCacheStore(_cache, "q:");

        await store.WriteAsync("a", Payload(1), Minute, null, default);
        var version = await store.ReadTagVersionsAsync(["a"], default);
        await other.InvalidateTagAsync("a", default);

        Assert.Equal(version, await store.ReadTagVersionsAsync(["a"], default));
        Assert.True((await other.ReadAsync("a", [], default)).Payload.IsEmpty);
    }

    [Fact]
    public async Task A_tag_that_is_too_long_for_a_key_is_hashed()
    {
        var store = Store(buffers: false);
        var tag = new string('t', 1000);

        var version = await store.ReadTagVersionsAsync([tag, tag + "2"], default);

        Assert.NotEqual(version[0], version[1]);
        Assert.Null(await _cache.GetAsync($"p:t:{tag}"));
    }

    [Fact]
    public async Task Two_processes_share_values_tags_and_removals_through_it()
    {
        var world = new SharedWorld();
        var log = new RecordingLogger();
        await using var one = Level(world, log);
        await using var two = Level(world, log);
        var stamp = (await one.ReadAsync<string>("|key", ["tag"], Process.Settings, false, default)).Stamp;
        await one.StoreLoadedAsync("|key", "value", ["tag"], stamp, Process.Settings, default);

        Assert.Equal("value", (await two.ReadAsync<string>("|key", [], Process.Settings, false, default)).Value);
        await two.InvalidateTagAsync("tag", default);
        Assert.Equal(SecondLevelFreshness.Missing, (await one.ReadAsync<string>("|key", ["tag"], Process.Settings, false, default)).Freshness);
        await two.SetAsync("|key", "set", ["tag"], Process.Settings, default);
        Assert.Equal("set", (await one.ReadAsync<string>("|key", ["tag"], Process.Settings, false, default)).Value);
        await two.RemoveAsync("|key", default);
        await one.StoreLoadedAsync("|key", "value", ["tag"], stamp, Process.Settings, default);
        Assert.Equal(SecondLevelFreshness.Missing, (await one.ReadAsync<string>("|key", ["tag"], Process.Settings, false, default)).Freshness);
        Assert.Empty(log.Messages);
    }

    private SecondLevel Level(SharedWorld world, RecordingLogger log) => new(new SecondLevelParts
    {
        Store = Store(buffers: true),
        Options = new SecondLevelOptions(),
        Serializers = new CacheSerializers(null, null, "default", log),
        Name = "default",
        Time = world.Time,
        Logger = log,
    });

    private DistributedCacheStore Store(bool buffers) => new(buffers ? new BufferCache(_cache) : _cache, "p:");

    private static byte[] Payload(byte generation, params byte[] rest) => [generation, 0, 0, 0, 0, 0, 0, 0, .. rest];

    /// <summary>The same cache, by the interface without arrays.</summary>
    private sealed class BufferCache(IDistributedCache inner) : IBufferDistributedCache
    {
        public byte[]? Get(string key) => throw new NotSupportedException();

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => inner.GetAsync(key, token);

        public void Refresh(string key) => throw new NotSupportedException();

        public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Remove(string key) => throw new NotSupportedException();

        public Task RemoveAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) => inner.SetAsync(key, value, options, token);

        public bool TryGet(string key, IBufferWriter<byte> destination) => throw new NotSupportedException();

        public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
        {
            if (await inner.GetAsync(key, token) is not { } found)
                return false;
            destination.Write(found);
            return true;
        }

        public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public async ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
            await inner.SetAsync(key, value.ToArray(), options, token);
    }
}
