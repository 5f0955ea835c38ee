using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class SecondLevelLoadingTests
{
    private readonly MemoryLocks _locks = new();
    private readonly SharedWorld _world;
    private readonly Process _one;
    private readonly Process _two;

    public SecondLevelLoadingTests()
    {
        _world = new SharedWorld { Locks = _locks };
        _one = new Process(_world);
        _two = new Process(_world);
    }

    [Fact]
    public async Task The_one_that_gets_the_lock_loads_and_the_other_reads_what_it_has_stored()
    {
        var first = await EnterAsync(_one);
        var second = EnterAsync(_two);
        await _locks.Waiting.Task;

        await _one.Level.StoreLoadedAsync("|key", "value", [], first.Read.Stamp, Process.Settings, default);
        await first.Lock!.DisposeAsync();

        var turn = await second;
        Assert.Equal("value", turn.Read.Value);
        Assert.Null(turn.Lock);
        Assert.False(_locks.IsHeld("|key"));
    }

    [Fact]
    public async Task When_the_first_load_fails_the_next_one_gets_the_lock()
    {
        var first = await EnterAsync(_one);
        var second = EnterAsync(_two);
        await _locks.Waiting.Task;

        await first.Lock!.DisposeAsync();

        Assert.NotNull((await second).Lock);
    }

    [Fact]
    public async Task Whoever_gets_the_lock_late_reads_once_more_and_need_not_load()
    {
        _locks.BeforeAcquire = async () => await _one.LoadAsync("|key", "value");

        var turn = await EnterAsync(_two);

        Assert.Equal("value", turn.Read.Value);
        Assert.Null(turn.Lock);
        Assert.False(_locks.IsHeld("|key"));
    }

    [Fact]
    public async Task A_fresh_value_needs_no_lock()
    {
        await _one.LoadAsync("|key", "value");

        Assert.Null((await EnterAsync(_two)).Lock);
        Assert.False(_locks.IsHeld("|key"));
    }

    [Fact]
    public async Task Nobody_waits_longer_for_another_process_than_the_options_say()
    {
        await EnterAsync(_one);
        var second = EnterAsync(_two);
        await _locks.Waiting.Task;

        _world.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Null((await second).Lock);
        Assert.True((await second).Read.Stamp.IsKnown);
    }

    [Fact]
    public async Task Locks_that_fail_let_the_load_run_here()
    {
        _locks.BeforeAcquire = static () => throw new IOException("The locks are down.");

        var turn = await EnterAsync(_one);

        Assert.Null(turn.Lock);
        Assert.True(turn.Read.Stamp.IsKnown);
        Assert.Equal("20: The load locks of the cache 'default' did not answer; the call goes on without it.", Assert.Single(_one.Log.Messages));
    }

    [Fact]
    public async Task A_lock_that_comes_too_late_is_given_back()
    {
        var go = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        _locks.BeforeAcquire = async () =>
        {
            entered.TrySetResult();
            await go.Task;
        };
        var turn = EnterAsync(_one);
        await entered.Task;
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await turn).Lock);
        _locks.BeforeAcquire = static () => Task.CompletedTask;

        go.SetResult();

        Assert.NotNull((await EnterAsync(_two)).Lock);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_given_back_is_logged()
    {
        var turn = await EnterAsync(_one);
        _locks.IsStuck = true;

        await turn.Lock!.DisposeAsync();

        Assert.Single(_one.Log.Messages);
    }

    [Fact]
    public async Task A_caller_who_goes_while_he_waits_gets_his_token_back()
    {
        await EnterAsync(_one);
        using var source = new CancellationTokenSource();
        var second = _two.Level.EnterLoadAsync<string>("|key", [], Process.Settings, hasStale: false, source.Token).AsTask();
        await _locks.Waiting.Task;

        await source.CancelAsync();

        var cancelled = await Assert.ThrowsAsync<OperationCanceledException>(() => second);
        Assert.Equal(source.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_second_level_that_does_not_answer_needs_no_lock()
    {
        _world.Store.FailAlways();

        var turn = await EnterAsync(_one);

        Assert.Null(turn.Lock);
        Assert.False(turn.Read.Stamp.IsKnown);
        Assert.False(_locks.IsHeld("|key"));
    }

    private static Task<SecondLevelTurn<string>> EnterAsync(Process process) =>
        process.Level.EnterLoadAsync<string>("|key", [], Process.Settings, hasStale: false, default).AsTask();
}
