using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class SecondLevelRecoveryTests
{
    private readonly SharedWorld _world = new();
    private readonly Process _one;
    private readonly Process _two;

    public SecondLevelRecoveryTests()
    {
        _one = new Process(_world);
        _two = new Process(_world);
    }

    private PendingChanges Pending => _one.Level.Recovery.Pending;

    [Fact]
    public async Task A_removal_that_fails_hides_the_value_here_and_is_delivered_when_the_store_is_back()
    {
        await _one.LoadAsync("|key", "old");
        _world.Store.FailAlways();

        await _one.Level.RemoveAsync("|key", default);
        _world.Store.Repair();

        var hidden = await _one.ReadAsync<string>("|key");
        Assert.Equal(SecondLevelFreshness.Missing, hidden.Freshness);
        Assert.False(hidden.Stamp.IsKnown);
        Assert.Equal("old", await _two.ValueAsync<string>("|key"));
        await RecoverAsync();
        Assert.Equal(SecondLevelFreshness.Missing, await _two.FreshnessAsync<string>("|key"));
        Assert.True((await _one.ReadAsync<string>("|key")).Stamp.IsKnown);
        Assert.Equal(["removed |key"], _two.Heard);
        Assert.Equal("28: The cache 'default' has delivered all 1 changes that had been waiting for the second level.", _one.Log.Messages[^1]);
    }

    [Fact]
    public async Task An_invalidation_that_fails_hides_what_has_the_tag()
    {
        await _one.LoadAsync("|tagged", "old", tags: ["tag"]);
        await _one.LoadAsync("|other", "old");
        _world.Store.FailAlways();

        await _one.Level.InvalidateTagAsync("tag", default);
        _world.Store.Repair();

        Assert.Equal(SecondLevelFreshness.Missing, await _one.FreshnessAsync<string>("|tagged"));
        Assert.Equal(SecondLevelFreshness.Fresh, await _one.FreshnessAsync<string>("|other"));
        await RecoverAsync();
        Assert.Equal(SecondLevelFreshness.Missing, await _two.FreshnessAsync<string>("|tagged"));
        Assert.Equal(SecondLevelFreshness.Fresh, await _two.FreshnessAsync<string>("|other"));
        Assert.Equal(["tag tag"], _two.Heard);
    }

    [Fact]
    public async Task The_others_hear_of_a_removal_also_when_the_key_is_declared_expired_before_they_could()
    {
        await _one.LoadAsync("|key", "old");
        _one.Backplane.IsDown = true;
        await _one.Level.RemoveAsync("|key", default);
        _one.Backplane.IsDown = false;

        await _one.Level.ExpireAsync("|key", default);
        await RecoverAsync();

        Assert.Contains("removed |key", _two.Heard);
    }

    [Fact]
    public async Task An_answer_from_before_a_delivery_is_judged_by_what_was_pending_then()
    {
        await _one.LoadAsync("|key", "old", tags: ["tag"]);
        _world.Store.FailAlways();
        await _one.Level.InvalidateTagAsync("tag", default);
        _world.Store.Repair();
        var answered = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        _world.Store.AfterRead = () =>
        {
            answered.SetResult();
            return go.Task;
        };

        var read = _one.ReadAsync<string>("|key", "tag").AsTask();
        await answered.Task;
        _one.Level.Recovery.Try();
        await _one.Level.Recovery.Idle;
        go.SetResult();

        Assert.Equal(0, Pending.Count);
        Assert.Equal(SecondLevelFreshness.Missing, (await read).Freshness);
    }

    [Fact]
    public async Task A_set_that_fails_removes_the_value_later()
    {
        await _one.LoadAsync("|key", "old");
        _world.Store.FailAlways();

        await _one.SetAsync("|key", "new");
        _world.Store.Repair();
        await RecoverAsync();

        Assert.Equal(SecondLevelFreshness.Missing, await _two.FreshnessAsync<string>("|key"));
        Assert.Equal(["removed |key"], _two.Heard);
    }

    [Fact]
    public async Task An_expiry_that_fails_makes_the_value_stale_later()
    {
        await _one.LoadAsync("|key", "old", Process.FailSafe);
        _world.Store.FailAlways();

        await _one.Level.ExpireAsync("|key", default);
        _world.Store.Repair();
        Assert.Equal(SecondLevelFreshness.Missing, await _one.FreshnessAsync<string>("|key"));
        await RecoverAsync();

        Assert.Equal(SecondLevelFreshness.Stale, await _two.FreshnessAsync<string>("|key"));
        Assert.Equal(["expired |key"], _two.Heard);
    }

    [Fact]
    public async Task An_expiry_after_a_removal_that_failed_is_a_removal()
    {
        await _one.LoadAsync("|key", "old", Process.FailSafe);
        _world.Store.FailAlways();
        await _one.Level.RemoveAsync("|key", default);
        _world.Store.Repair();

        await _one.Level.ExpireAsync("|key", default);

        Assert.Equal(0, Pending.Count);
        Assert.Equal(SecondLevelFreshness.Missing, await _two.FreshnessAsync<string>("|key"));
    }

    [Fact]
    public async Task A_later_success_settles_what_had_failed_before()
    {
        _world.Store.FailAlways();
        await _one.Level.RemoveAsync("|key", default);
        _world.Store.Repair();

        await _one.SetAsync("|key", "new");
        await RecoverAsync();

        Assert.Equal("new", await _one.ValueAsync<string>("|key"));
        Assert.Equal(0, Pending.Count);
    }

    [Fact]
    public async Task Many_failures_of_one_key_wait_as_one()
    {
        _world.Store.FailAlways();

        for (var call = 0; call < 10; call++)
            await _one.Level.RemoveAsync("|key", default);

        Assert.Equal(1, Pending.Count);
    }

    [Fact]
    public async Task Too_many_failures_invalidate_everything_instead()
    {
        await using var small = new Process(_world, static options => options.MaximumPendingChanges = 3);
        await _one.LoadAsync("|other", "value");
        _world.Store.FailAlways();
        for (var key = 0; key < 4; key++)
            await small.Level.RemoveAsync($"|{key}", default);
        _world.Store.Repair();

        Assert.Equal(1, small.Level.Recovery.Pending.Count);
        Assert.Equal("29: More than 3 changes of the cache 'default' wait for the second level; everything in it will be invalidated instead.", small.Log.Messages[^1]);
        Assert.Equal(SecondLevelFreshness.Missing, await small.FreshnessAsync<string>("|other"));
        Assert.Equal(SecondLevelFreshness.Fresh, await _two.FreshnessAsync<string>("|other"));
        _world.Time.Advance(TimeSpan.FromSeconds(5));
        await small.Level.Recovery.Idle;
        Assert.Equal(SecondLevelFreshness.Missing, await _two.FreshnessAsync<string>("|other"));
        Assert.Equal(["tag *"], _two.Heard);
    }

    [Fact]
    public async Task A_notice_that_fails_is_sent_later_and_hides_nothing()
    {
        _one.Backplane.IsDown = true;
        await _one.Level.RemoveAsync("|key", default);
        _one.Backplane.IsDown = false;

        await _one.LoadAsync("|key", "new");
        Assert.Equal("new", await _one.ValueAsync<string>("|key"));
        Assert.Empty(_two.Heard);
        await RecoverAsync();

        Assert.Equal(["removed |key"], _two.Heard);
        Assert.Equal("new", await _two.ValueAsync<string>("|key"));
    }

    [Fact]
    public async Task A_change_whose_caller_goes_is_delivered_all_the_same()
    {
        await _one.LoadAsync("|key", "old");
        _world.Store.HangAlways();
        using var source = new CancellationTokenSource();
        var removal = _one.Level.RemoveAsync("|key", source.Token).AsTask();
        _world.Store.Repair();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => removal);
        await _one.Level.Recovery.Idle;
        Assert.Equal(SecondLevelFreshness.Missing, await _two.FreshnessAsync<string>("|key"));
    }

    [Fact]
    public async Task The_timer_tries_again_until_the_store_is_back()
    {
        _world.Store.FailAlways();
        await _one.Level.RemoveAsync("|key", default);

        await RecoverAsync();
        await RecoverAsync();
        Assert.Equal(1, Pending.Count);
        _world.Store.Repair();
        await RecoverAsync();

        Assert.Equal(0, Pending.Count);
    }

    [Fact]
    public async Task The_call_that_finds_the_store_back_begins_the_delivery()
    {
        _world.Store.FailAlways();
        await _one.Level.RemoveAsync("|key", default);
        _world.Time.Advance(TimeSpan.FromSeconds(4));
        for (var call = 0; call < 2; call++)
            await _one.Level.RemoveAsync("|key", default);
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await _one.Level.Recovery.Idle;
        _world.Store.Repair();
        _world.Time.Advance(TimeSpan.FromSeconds(3.999));
        Assert.Equal(1, Pending.Count);
        _world.Time.Advance(TimeSpan.FromMilliseconds(1));
        await _one.ReadAsync<string>("|other");
        await _one.Level.Recovery.Idle;

        Assert.Equal(0, Pending.Count);
    }

    [Fact]
    public async Task A_change_that_fails_while_an_older_one_is_delivered_is_delivered_after_it()
    {
        _world.Store.FailAlways();
        await _one.Level.RemoveAsync("|key", default);
        var entered = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        _world.Store.Before = async (_, _) =>
        {
            _world.Store.Before = static (_, _) => throw new IOException();
            entered.SetResult();
            await go.Task;
        };
        _world.Time.Advance(TimeSpan.FromSeconds(5));
        await entered.Task;

        await _one.Level.RemoveAsync("|key", default);
        _world.Store.Repair();
        go.SetResult();
        await _one.Level.Recovery.Idle;

        Assert.Equal(0, Pending.Count);
        Assert.Equal(4, _world.Store.Calls.Count(static call => call == "write |key"));
    }

    [Fact]
    public async Task Nothing_is_tried_after_the_cache_is_disposed()
    {
        _world.Store.FailAlways();
        await _one.Level.RemoveAsync("|key", default);

        await _one.DisposeAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Single(_world.Store.Calls);
    }

    private async Task RecoverAsync()
    {
        _world.Time.Advance(TimeSpan.FromSeconds(5));
        await _one.Level.Recovery.Idle;
    }
}
