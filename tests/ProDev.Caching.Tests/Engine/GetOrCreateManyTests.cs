using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Tests;

public sealed class GetOrCreateManyTests
{
    private readonly ProDevHybridCache _cache = new();
    private readonly List<int[]> _asked = [];

    [Fact]
    public async Task The_source_is_asked_once_and_for_the_missing_items_only()
    {
        await _cache.SetAsync("city:2", "kept");

        var cities = await LoadAsync([1, 2, 3, 3]);

        Assert.Equal([1, 3], Assert.Single(_asked));
        Assert.Equal(new Dictionary<int, string> { [1] = "loaded 1", [2] = "kept", [3] = "loaded 3" }, cities);
        Assert.Equal("loaded 3", (await LoadAsync([3]))[3]);
        Assert.Single(_asked);
    }

    [Fact]
    public async Task Nothing_is_asked_when_everything_is_there_or_nothing_is_wanted()
    {
        await LoadAsync([1, 2]);
        await LoadAsync([2, 1]);

        Assert.Empty(await LoadAsync([]));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task An_item_that_the_source_does_not_have_is_left_out_and_nothing_is_stored_for_it()
    {
        Assert.Equal([1], (await LoadAsync([1, -1])).Keys);

        Assert.False(_cache.TryGet<string>("city:-1", out _));
        await LoadAsync([1, -1]);
        Assert.Equal([-1], _asked[1]);
    }

    [Fact]
    public async Task A_value_that_a_single_caller_is_loading_is_waited_for_and_not_asked_again()
    {
        var source = NewSource<string>();
        var single = _cache.GetOrCreateAsync("city:2", source, static (source, _) => new ValueTask<string>(source.Task)).AsTask();

        var many = LoadAsync([1, 2]).AsTask();
        Assert.Equal([1], Assert.Single(_asked));
        Assert.False(many.IsCompleted);
        source.SetResult("single");

        Assert.Equal("single", (await many)[2]);
        Assert.Equal("single", await single);
    }

    [Fact]
    public async Task A_single_caller_joins_the_load_of_many_and_runs_nothing()
    {
        var gate = NewSource<bool>();
        var many = LoadAsync([1, 2], gate.Task).AsTask();

        var single = _cache.GetOrCreateAsync<string>("city:2", static _ => throw new InvalidOperationException("was run")).AsTask();
        gate.SetResult(true);

        Assert.Equal("loaded 2", await single);
        Assert.Equal(2, (await many).Count);
    }

    [Fact]
    public async Task A_single_caller_who_joined_for_an_item_the_source_of_many_lacks_runs_its_own_factory()
    {
        var gate = NewSource<bool>();
        var many = LoadAsync([1, -1], gate.Task).AsTask();
        var single = _cache.GetOrCreateAsync("city:-1", static _ => new ValueTask<string>("own")).AsTask();

        gate.SetResult(true);

        Assert.Equal("own", await single);
        Assert.Equal([1], (await many).Keys);
    }

    [Fact]
    public async Task Two_calls_for_many_that_overlap_ask_for_each_item_once()
    {
        var gate = NewSource<bool>();
        var first = LoadAsync([1, 2, 3], gate.Task).AsTask();
        var second = LoadAsync([2, 3, 4], gate.Task).AsTask();
        gate.SetResult(true);

        Assert.Equal(3, (await first).Count);
        Assert.Equal(3, (await second).Count);
        Assert.Equal([[1, 2, 3], [4]], _asked);
    }

    [Fact]
    public async Task A_failure_of_the_source_reaches_the_caller_and_releases_every_item()
    {
        var failure = new InvalidOperationException("down");

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => LoadAsync([1, 2], Task.FromException(failure)).AsTask()));

        Assert.Equal(2, (await LoadAsync([1, 2])).Count);
    }

    [Fact]
    public async Task A_failure_of_the_callers_own_functions_releases_every_item()
    {
        var keys = new Queue<string>(["city:1"]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _cache.GetOrCreateManyAsync(
            [1, 2], _ => keys.Dequeue(), (_, _) => new ValueTask<IReadOnlyDictionary<int, string>>(new Dictionary<int, string>())).AsTask());

        Assert.Equal("own", await _cache.GetOrCreateAsync("city:1", static _ => new ValueTask<string>("own")));
    }

    [Fact]
    public async Task A_failure_of_the_callers_own_functions_does_not_wait_for_the_loads_of_others()
    {
        var source = NewSource<string>();
        var single = _cache.GetOrCreateAsync("city:1", source, static (source, _) => new ValueTask<string>(source.Task)).AsTask();

        await Assert.ThrowsAsync<FormatException>(() => _cache.GetOrCreateManyAsync(
            [1, 2],
            static id => id == 1 ? Key(1) : throw new FormatException(),
            static (_, _) => new ValueTask<IReadOnlyDictionary<int, string>>(new Dictionary<int, string>())).AsTask().WaitAsync(TwoLevelCache.Patience));

        source.SetResult("single");
        Assert.Equal("single", await single);
    }

    [Fact]
    public async Task A_source_that_answers_null_is_an_error_that_says_what_to_return()
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => _cache.GetOrCreateManyAsync(
            [1], Key, static (_, _) => new ValueTask<IReadOnlyDictionary<int, string>>((IReadOnlyDictionary<int, string>)null!)).AsTask());

        Assert.Equal("The factory returned null instead of the values it found. Return an empty dictionary where there are none.", fault.Message);
    }

    [Fact]
    public async Task The_source_is_cancelled_when_nobody_waits_for_any_item_any_more()
    {
        using var many = new CancellationTokenSource();
        using var single = new CancellationTokenSource();
        var gate = NewSource<bool>();
        var token = NewSource<CancellationToken>();
        var all = LoadAsync([1, 2], gate.Task, token, many.Token).AsTask();
        var one = _cache.GetOrCreateAsync("city:2", static _ => new ValueTask<string>("own"), cancellationToken: single.Token).AsTask();

        await many.CancelAsync();
        Assert.Equal(many.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all)).CancellationToken);
        Assert.False((await token.Task).IsCancellationRequested);

        var cancelled = NewSource<bool>();
        await using var registration = (await token.Task).Register(() => cancelled.SetResult(true));
        await single.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        await cancelled.Task;
    }

    [Fact]
    public async Task Values_loaded_together_have_the_tags_of_their_items()
    {
        await LoadAsync([1, 2, 3]);

        await _cache.RemoveByTagAsync("odd");

        Assert.False(_cache.TryGet<string>("city:1", out _));
        Assert.True(_cache.TryGet<string>("city:2", out _));
        Assert.False(_cache.TryGet<string>("city:3", out _));
    }

    [Fact]
    public async Task A_removal_while_the_source_works_keeps_that_value_from_being_stored()
    {
        var gate = NewSource<bool>();
        var many = LoadAsync([1, 2], gate.Task).AsTask();

        await _cache.RemoveAsync("city:1");
        gate.SetResult(true);
        Assert.Equal(2, (await many).Count);

        Assert.False(_cache.TryGet<string>("city:1", out _));
        Assert.True(_cache.TryGet<string>("city:2", out _));
    }

    [Fact]
    public async Task A_remembered_failure_of_one_item_is_not_remembered_for_the_others()
    {
        var options = new CacheEntryOptions { FailureExpiration = TimeSpan.FromMinutes(1) };
        await Assert.ThrowsAsync<InvalidOperationException>(() => _cache.GetOrCreateAsync<string>("city:2", static (_, _) => throw new InvalidOperationException("down"), options).AsTask());
        await Assert.ThrowsAsync<InvalidOperationException>(() => _cache.GetOrCreateManyAsync(
            [1, 2], Key, static (_, _) => new ValueTask<IReadOnlyDictionary<int, string>>(new Dictionary<int, string>()), options).AsTask());

        Assert.Equal("own", await _cache.GetOrCreateAsync("city:1", static (_, _) => new ValueTask<string>("own"), options));
    }

    [Fact]
    public async Task A_value_stored_after_its_tag_was_removed_stays_when_an_earlier_call_finds_none()
    {
        var gate = NewSource<bool>();
        var many = LoadAsync([-1], gate.Task).AsTask();
        await _cache.RemoveByTagAsync("odd");
        await _cache.GetOrCreateAsync("city:-1", static _ => new ValueTask<string>("new"));

        gate.SetResult(true);
        Assert.Empty(await many);

        Assert.True(_cache.TryGet<string>("city:-1", out _));
    }

    [Fact]
    public async Task Items_of_one_key_share_its_load_and_nothing_hangs()
    {
        var found = await _cache.GetOrCreateManyAsync(
            [1, 2], static _ => "same", static (missing, _) => new ValueTask<IReadOnlyDictionary<int, string>>(missing.ToDictionary(id => id, id => $"loaded {id}")));

        Assert.Equal(["loaded 1", "loaded 1"], found.Values);
    }

    [Fact]
    public async Task A_call_that_is_not_to_ask_the_source_answers_what_is_there()
    {
        await _cache.SetAsync("city:2", "kept");

        var found = await _cache.GetOrCreateManyAsync<int, string>(
            [1, 2],
            Key,
            static (_, _) => throw new InvalidOperationException("was run"),
            new CacheEntryOptions { Flags = HybridCacheEntryFlags.DisableUnderlyingData });

        Assert.Equal(new Dictionary<int, string> { [2] = "kept" }, found);
    }

    private static TaskCompletionSource<T> NewSource<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string Key(int id) => $"city:{id}";

    private ValueTask<IReadOnlyDictionary<int, string>> LoadAsync(
        int[] ids, Task? gate = null, TaskCompletionSource<CancellationToken>? seen = null, CancellationToken cancellationToken = default) => _cache.GetOrCreateManyAsync(
        ids,
        Key,
        async (missing, token) =>
        {
            _asked.Add([.. missing]);
            seen?.SetResult(token);
            await (gate ?? Task.CompletedTask);
            return (IReadOnlyDictionary<int, string>)missing.Where(id => id > 0).ToDictionary(id => id, id => $"loaded {id}");
        },
        options: null,
        static id => id % 2 == 0 ? null : ["odd"],
        cancellationToken);
}
