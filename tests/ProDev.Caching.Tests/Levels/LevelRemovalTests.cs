using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Tests;

public sealed class LevelRemovalTests
{
    private static readonly string[] Tags = ["a", "b"];

    private readonly SharedWorld _world = new();
    private readonly ProDevHybridCache _cache;

    public LevelRemovalTests() => _cache = TwoLevelCache.Create(_world);

    [Theory]
    [InlineData("remove")]
    [InlineData("expire")]
    [InlineData("tag")]
    [InlineData("all tags")]
    public async Task What_is_read_while_a_removal_is_on_its_way_goes_also_when_the_remover_does_not_wait(string way)
    {
        await TwoLevelCache.Create(_world).SetAsync("key", "old", tags: Tags);
        _world.Store.Before = static (call, _) =>
            call.StartsWith("write", StringComparison.Ordinal) || call.StartsWith("invalidate", StringComparison.Ordinal) ? new TaskCompletionSource().Task : Task.CompletedTask;
        using var impatient = new CancellationTokenSource();
        var removal = way switch
        {
            "remove" => _cache.RemoveAsync("key", impatient.Token),
            "expire" => _cache.ExpireAsync("key", impatient.Token),
            "tag" => _cache.RemoveByTagAsync("a", impatient.Token),
            _ => _cache.RemoveByAllTagsAsync(Tags, impatient.Token),
        };
        Assert.Equal("old", await ReadAsync());

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => removal.AsTask());

        Assert.False(_cache.TryGet<string>("key", out _));
    }

    [Theory]
    [InlineData("remove")]
    [InlineData("set")]
    [InlineData("all tags")]
    public async Task The_second_level_learns_of_a_change_also_when_its_caller_leaves_after_memory_has_it(string way)
    {
        var other = TwoLevelCache.Create(_world);
        await _cache.SetAsync("key", "old", tags: Tags);
        using var impatient = new CancellationTokenSource();
        _cache.Happened += (_, _) => impatient.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => (way switch
        {
            "remove" => _cache.RemoveAsync("key", impatient.Token).AsTask(),
            "set" => _cache.SetAsync("key", "new", cancellationToken: impatient.Token).AsTask(),
            _ => _cache.RemoveByAllTagsAsync(Tags, impatient.Token).AsTask(),
        }));
        await _cache.Core.SecondLevel!.Recovery.Idle;

        Assert.False((await other.TryGetAsync<string>("key")).HasValue);
    }

    [Fact]
    public async Task What_is_read_while_a_skipped_null_is_on_its_way_goes()
    {
        await TwoLevelCache.Create(_world).SetAsync("key", "old");
        var gate = _world.Store.Hold("write");
        var setting = _cache.SetAsync<string?>("key", null, new CacheEntryOptions { Nulls = NullCaching.Skip });
        Assert.Equal("old", await ReadAsync());

        gate.SetResult();
        await setting;

        Assert.False(_cache.TryGet<string>("key", out _));
    }

    [Fact]
    public async Task What_is_read_from_the_second_level_while_a_value_is_on_its_way_there_does_not_stay()
    {
        await TwoLevelCache.Create(_world).SetAsync("key", "old");
        var gate = _world.Store.Hold("write");
        var setting = _cache.SetAsync("key", "new");
        Assert.Equal("old", await ReadAsync(new CacheEntryOptions { Flags = HybridCacheEntryFlags.DisableLocalCacheRead }));

        gate.SetResult();
        await setting;

        Assert.Equal("new", await ReadAsync());
    }

    [Fact]
    public async Task A_value_stays_in_memory_when_it_has_reached_the_second_level()
    {
        await _cache.SetAsync("key", "new");

        Assert.True(_cache.TryGet<string>("key", out _));
    }

    [Fact]
    public async Task Tags_that_can_be_read_once_only_are_those_of_both_levels()
    {
        var other = TwoLevelCache.Create(_world);
        var tags = new Queue<string>(["a"]);
        IEnumerable<string> Once()
        {
            while (tags.TryDequeue(out var tag))
                yield return tag;
        }

        await _cache.SetAsync("key", "old", tags: Once());
        await other.RemoveByTagAsync("a");

        Assert.False((await other.TryGetAsync<string>("key")).HasValue);
    }

    [Fact]
    public async Task A_value_whose_tags_are_all_removed_while_it_is_read_is_not_kept()
    {
        await TwoLevelCache.Create(_world).SetAsync("key", "old", tags: Tags);
        var gate = new TaskCompletionSource();
        _world.Store.AfterRead = () => gate.Task;
        var reading = ReadAsync(tags: ["a"]);

        // Only "a" is invalidated in the second level, and its version was in the answer that is on its way.
        await _cache.RemoveByAllTagsAsync(["b", "a"]);
        gate.SetResult();

        Assert.Equal("old", await reading);
        Assert.False(_cache.TryGet<string>("key", out _));
    }

    [Fact]
    public async Task A_caller_who_changes_its_value_does_not_change_what_the_second_level_gets()
    {
        var source = new TaskCompletionSource<Box>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var changed = new ManualResetEventSlim();
        await using var services = new Box.Serializer().Services();
        var cache = TwoLevelCache.Create(_world, services: services);
        cache.Happened += (_, happened) => Assert.True(happened.Kind != CacheEventKind.Loaded || changed.Wait(TwoLevelCache.Patience));
        var loading = cache.GetOrCreateAsync("key", source, static (source, _) => new ValueTask<Box>(source.Task));

        source.SetResult(new Box { Text = "loaded" });
        (await loading).Text = "changed";
        changed.Set();
        while (_world.Store["|key"] is null)
            await Task.Yield();

        Assert.Equal("loaded", (await TwoLevelCache.Create(_world, services: services).TryGetAsync<Box>("key")).Value!.Text);
    }

    private async Task<string> ReadAsync(CacheEntryOptions? options = null, string[]? tags = null) =>
        await _cache.GetOrCreateAsync<string>("key", static (_, _) => throw new InvalidOperationException("was run"), options, tags).AsTask().WaitAsync(TwoLevelCache.Patience);
}
