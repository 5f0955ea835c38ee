namespace ProDev.Caching.Tests;

public sealed class CancellationTests
{
    private readonly ProDevHybridCache _cache = new();
    private readonly TaskCompletionSource<int> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<CancellationToken> _tokens = [];

    [Fact]
    public async Task The_others_get_the_value_when_the_one_who_started_leaves()
    {
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var starter = LoadAsync(first.Token);
        var follower = LoadAsync(second.Token);
        var patient = LoadAsync(CancellationToken.None);

        await first.CancelAsync();
        await AssertCancelledBy(starter, first.Token);
        await second.CancelAsync();
        await AssertCancelledBy(follower, second.Token);
        Assert.False(Assert.Single(_tokens).IsCancellationRequested);
        _source.SetResult(7);

        Assert.Equal(7, await patient);
        Assert.True(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task The_load_is_cancelled_when_all_have_left_and_each_sees_its_own_token()
    {
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var starter = LoadAsync(first.Token);
        var follower = LoadAsync(second.Token);

        await second.CancelAsync();
        await AssertCancelledBy(follower, second.Token);
        Assert.False(_tokens[0].IsCancellationRequested);
        await first.CancelAsync();
        await AssertCancelledBy(starter, first.Token);

        await CancelledAsync(_tokens[0]);
    }

    [Fact]
    public async Task Who_comes_after_all_have_left_starts_anew_and_the_old_load_stores_nothing()
    {
        using var first = new CancellationTokenSource();
        var starter = LoadAsync(first.Token);
        await first.CancelAsync();
        await AssertCancelledBy(starter, first.Token);

        var late = _cache.GetOrCreateAsync("key", static _ => new ValueTask<int>(8));
        Assert.Equal(8, await late);
        _source.SetResult(7);
        await CancelledAsync(_tokens[0]);

        Assert.True(_cache.TryGet<int>("key", out var value));
        Assert.Equal(8, value);
    }

    [Fact]
    public async Task A_load_ignores_the_token_of_a_caller_who_cannot_be_waited_for()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await AssertCancelledBy(LoadAsync(cancelled.Token), cancelled.Token);

        Assert.Empty(_tokens);
    }

    [Fact]
    public async Task A_hit_is_answered_even_to_a_cancelled_caller()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await _cache.SetAsync("key", 7);

        Assert.Equal(7, await LoadAsync(cancelled.Token));
    }

    [Fact]
    public async Task Changes_do_nothing_when_the_token_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await _cache.SetAsync("key", 1, tags: ["tag"]);

        await AssertCancelledBy(_cache.SetAsync("key", 2, cancellationToken: cancelled.Token).AsTask(), cancelled.Token);
        await AssertCancelledBy(_cache.RemoveAsync("key", cancelled.Token).AsTask(), cancelled.Token);
        await AssertCancelledBy(_cache.RemoveAsync(["key"], cancelled.Token).AsTask(), cancelled.Token);
        await AssertCancelledBy(_cache.RemoveByTagAsync("tag", cancelled.Token).AsTask(), cancelled.Token);
        await AssertCancelledBy(_cache.RemoveByTagAsync(["tag"], cancelled.Token).AsTask(), cancelled.Token);

        Assert.True(_cache.TryGet<int>("key", out var value));
        Assert.Equal(1, value);
    }

    [Fact]
    public async Task A_cancellation_of_the_loads_own_is_passed_on_as_it_is()
    {
        using var timeout = new CancellationTokenSource();
        await timeout.CancelAsync();
        using var caller = new CancellationTokenSource();
        var load = LoadAsync(caller.Token);
        _source.SetException(new OperationCanceledException("The source took too long.", timeout.Token));

        var fault = await Assert.ThrowsAsync<OperationCanceledException>(() => load);

        Assert.Equal("The source took too long.", fault.Message);
    }

    [Fact]
    public async Task The_others_load_themselves_when_the_load_fails_after_its_starter_left()
    {
        using var first = new CancellationTokenSource();
        var starter = LoadAsync(first.Token);
        var follower = _cache.GetOrCreateAsync("key", static _ => new ValueTask<int>(8)).AsTask();
        await first.CancelAsync();
        await AssertCancelledBy(starter, first.Token);

        _source.SetException(new ObjectDisposedException("the scope of the first request"));

        Assert.Equal(8, await follower);
    }

    [Fact]
    public async Task The_others_load_themselves_when_the_load_uses_the_token_of_its_starter()
    {
        using var first = new CancellationTokenSource();
        var isWaiting = new TaskCompletionSource();
        var starter = _cache.GetOrCreateAsync(
            "key",
            async _ =>
            {
                await _source.Task.ConfigureAwait(false);
                var cancelled = new TaskCompletionSource<int>();
                await using var registration = first.Token.Register(() => cancelled.SetCanceled(first.Token));
                isWaiting.SetResult();
                return await cancelled.Task.ConfigureAwait(false);
            },
            cancellationToken: first.Token).AsTask();
        var follower = _cache.GetOrCreateAsync("key", static _ => new ValueTask<int>(8)).AsTask();
        _source.SetResult(0);
        await isWaiting.Task;

        // The load registered last, so it ends before its starter has left.
        await first.CancelAsync();

        Assert.Equal(8, await follower);
        await AssertCancelledBy(starter, first.Token);
    }

    [Fact]
    public async Task A_failure_after_the_starter_left_is_not_remembered_for_the_others()
    {
        var options = new CacheEntryOptions { FailureExpiration = TimeSpan.FromMinutes(1) };
        using var first = new CancellationTokenSource();
        var starter = _cache.GetOrCreateAsync("key", (_, _) => new ValueTask<int>(_source.Task), options, cancellationToken: first.Token).AsTask();
        var follower = _cache.GetOrCreateAsync("key", static (_, _) => new ValueTask<int>(8), options).AsTask();
        await first.CancelAsync();
        await AssertCancelledBy(starter, first.Token);

        _source.SetException(new ObjectDisposedException("the scope of the first request"));

        Assert.Equal(8, await follower);
    }

    [Fact]
    public async Task What_callbacks_of_the_loads_token_throw_does_not_stay_unobserved()
    {
        var unobserved = new List<Exception>();
        void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs args)
        {
            lock (unobserved)
                unobserved.AddRange(args.Exception.Flatten().InnerExceptions.Where(static exception => exception is NotFiniteNumberException));
        }

        TaskScheduler.UnobservedTaskException += OnUnobserved;
        try
        {
            await CancelWithBadCallbackAsync();
            for (var turn = 0; turn < 20; turn++)
            {
                await Task.Run(static () => { });
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= OnUnobserved;
        }

        lock (unobserved)
            Assert.Empty(unobserved);
    }

    private async Task CancelWithBadCallbackAsync()
    {
        using var caller = new CancellationTokenSource();
        var wasCalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = _cache.GetOrCreateAsync(
            "key",
            token =>
            {
                token.Register(() =>
                {
                    wasCalled.SetResult();
                    throw new NotFiniteNumberException();
                });
                return new ValueTask<int>(_source.Task);
            },
            cancellationToken: caller.Token).AsTask();
        await caller.CancelAsync();
        await AssertCancelledBy(load, caller.Token);
        await wasCalled.Task;
    }

    private static async Task AssertCancelledBy(Task task, CancellationToken token)
    {
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.Equal(token, cancelled.CancellationToken);
    }

    private static async Task CancelledAsync(CancellationToken token)
    {
        var signal = new TaskCompletionSource();
        await using var registration = token.Register(signal.SetResult);
        await signal.Task;
    }

    private Task<int> LoadAsync(CancellationToken cancellationToken) => _cache.GetOrCreateAsync(
        "key",
        token =>
        {
            lock (_tokens)
                _tokens.Add(token);
            return new ValueTask<int>(_source.Task);
        },
        cancellationToken: cancellationToken).AsTask();
}
