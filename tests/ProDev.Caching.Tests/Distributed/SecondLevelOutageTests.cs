using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class SecondLevelOutageTests
{
    private readonly SharedWorld _world = new();
    private readonly Process _one;
    private readonly Process _two;

    public SecondLevelOutageTests()
    {
        _one = new Process(_world);
        _two = new Process(_world);
    }

    [Fact]
    public async Task A_store_that_fails_is_a_miss_that_is_not_written_and_a_log()
    {
        _world.Store.FailAlways();

        var read = await _one.ReadAsync<string>("|key");

        Assert.Equal(SecondLevelFreshness.Missing, read.Freshness);
        Assert.False(read.Stamp.IsKnown);
        Assert.Equal("20: The second level of the cache 'default' did not answer; the call goes on without it.", Assert.Single(_one.Log.Messages));
    }

    [Fact]
    public async Task A_store_that_answers_nonsense_is_a_miss()
    {
        var level = new SecondLevel(new SecondLevelParts
        {
            Store = new NonsenseStore(),
            Options = new SecondLevelOptions(),
            Serializers = new CacheSerializers(null, null, "default", _one.Log),
            Name = "default",
            Time = _world.Time,
            Logger = _one.Log,
        });

        var read = await level.ReadAsync<string>("|key", ["tag"], Process.Settings, hasStale: false, default);

        Assert.False(read.Stamp.IsKnown);
        await level.DisposeAsync();
    }

    [Theory]
    [InlineData(false, 1000)]
    [InlineData(true, 200)]
    public async Task A_store_that_hangs_is_waited_for_as_long_as_the_settings_say(bool hasStale, int milliseconds)
    {
        _world.Store.HangAlways();
        var settings = Process.Settings with { DistributedSoftTimeout = TimeSpan.FromMilliseconds(200) };

        var read = _one.Level.ReadAsync<string>("|key", [], settings, hasStale, default).AsTask();
        _world.Time.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        var early = read.IsCompleted;
        _world.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(early);
        Assert.Equal(SecondLevelFreshness.Missing, (await read).Freshness);
    }

    [Fact]
    public async Task A_call_that_nobody_waits_for_is_asked_to_stop()
    {
        var stopped = new TaskCompletionSource();
        _world.Store.Before = async (_, token) =>
        {
            using var registration = token.Register(stopped.SetResult);
            await stopped.Task;
            throw new IOException("Too late.");
        };

        var read = _one.ReadAsync<string>("|key").AsTask();
        _world.Time.Advance(TimeSpan.FromSeconds(1));

        await read;
        await stopped.Task;
    }

    [Fact]
    public async Task The_caller_can_go_and_gets_his_own_token_back()
    {
        _world.Store.HangAlways();
        using var source = new CancellationTokenSource();

        var read = _one.Level.ReadAsync<string>("|key", [], Process.Settings, hasStale: false, source.Token).AsTask();
        await source.CancelAsync();

        var cancelled = await Assert.ThrowsAsync<OperationCanceledException>(() => read);
        Assert.Equal(source.Token, cancelled.CancellationToken);
        Assert.Empty(_one.Log.Messages);
    }

    [Fact]
    public async Task A_read_that_is_cancelled_before_it_begins_does_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _one.Level.ReadAsync<string>("|key", [], Process.Settings, false, cancelled).AsTask());

        Assert.Empty(_world.Store.Calls);
    }

    [Fact]
    public async Task A_change_whose_caller_has_left_before_it_begins_is_delivered_all_the_same()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _one.Level.SetAsync("|set", 1, [], Process.Settings, cancelled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _one.Level.RemoveAsync("|removed", cancelled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _one.Level.ExpireAsync("|expired", cancelled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _one.Level.InvalidateTagAsync("tag", cancelled).AsTask());
        await _one.Level.Recovery.Idle;
        _world.Time.Advance(TimeSpan.FromSeconds(5));
        await _one.Level.Recovery.Idle;

        Assert.Equal(["expired |expired", "removed |removed", "removed |set", "tag tag"], _two.Heard.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task After_three_failures_the_store_is_left_alone_for_five_seconds()
    {
        _world.Store.FailAlways();
        for (var call = 0; call < 10; call++)
            await _one.ReadAsync<string>("|key");

        Assert.Equal(3, _world.Store.Calls.Count);
        Assert.Equal("21: The second level of the cache 'default' failed 3 times in a row and is not asked for '00:00:05'.", _one.Log.Messages[^1]);
        _world.Store.Repair();
        Assert.False((await _one.ReadAsync<string>("|key")).Stamp.IsKnown);
        _world.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.True((await _one.ReadAsync<string>("|key")).Stamp.IsKnown);
        Assert.Equal("22: The second level of the cache 'default' answers again.", _one.Log.Messages[^1]);
    }

    [Fact]
    public async Task A_backplane_that_fails_does_not_keep_the_store_from_being_asked()
    {
        _one.Backplane.IsDown = true;
        for (var call = 0; call < 5; call++)
            await _one.Level.RemoveAsync("|key", default);

        await _one.LoadAsync("|key", "value");

        Assert.Equal("value", await _two.ValueAsync<string>("|key"));
    }

    [Fact]
    public async Task A_listener_that_throws_is_logged_and_the_others_go_on()
    {
        await using var broken = new Process(_world);
        broken.Level.Listen(new BrokenListener());

        await _one.Level.RemoveAsync("|key", default);

        Assert.Equal("31: The cache 'default' failed to follow a notice of another process.", Assert.Single(broken.Log.Messages));
        Assert.Equal(["removed |key"], _two.Heard);
    }

    [Fact]
    public async Task A_notice_that_is_not_understood_counts_as_missed()
    {
        await _one.Backplane.PublishAsync(new CacheNotice((CacheNoticeKind)99, "x"), default);
        await _one.Backplane.PublishAsync(new CacheNotice(CacheNoticeKind.TagInvalidated, "\\x"), default);
        _two.Backplane.Missed!();

        Assert.Equal(["missed", "missed", "missed"], _two.Heard);
    }

    [Fact]
    public async Task A_disposed_second_level_hears_nothing_more()
    {
        await _two.DisposeAsync();

        await _one.Level.RemoveAsync("|key", default);

        Assert.Empty(_two.Heard);
    }

    private sealed class NonsenseStore : IDistributedCacheStore
    {
        public ValueTask<DistributedCacheRead> ReadAsync(string key, IReadOnlyList<string> tags, CancellationToken cancellationToken) => default;

        public ValueTask<long[]> ReadTagVersionsAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken) => default;

        public ValueTask<bool> WriteAsync(
            string key, ReadOnlyMemory<byte> payload, TimeSpan expiration, long? expectedGeneration, CancellationToken cancellationToken) => default;

        public ValueTask InvalidateTagAsync(string tag, CancellationToken cancellationToken) => default;
    }

    private sealed class BrokenListener : ISecondLevelListener
    {
        public void KeyRemoved(string key) => throw new InvalidOperationException();

        public void KeyExpired(string key) => throw new InvalidOperationException();

        public void TagInvalidated(string tag) => throw new InvalidOperationException();

        public void Missed() => throw new InvalidOperationException();
    }
}
