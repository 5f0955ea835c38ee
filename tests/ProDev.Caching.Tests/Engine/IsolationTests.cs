using System.ComponentModel;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests;

public sealed class IsolationTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ProDevHybridCache _cache;

    public IsolationTests() => _cache = new ProDevHybridCache(timeProvider: _time);

    [Fact]
    public async Task A_caller_who_changes_a_mutable_value_changes_its_own()
    {
        var first = await LoadAsync();
        first.Add("changed by the first");
        var second = await LoadAsync();
        second.Add("changed by the second");

        Assert.Equal(["Lyon"], await LoadAsync());
    }

    [Fact]
    public async Task Callers_who_wait_for_the_same_load_get_a_value_each()
    {
        var source = new TaskCompletionSource<List<string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var callers = Enumerable.Range(0, 5).Select(_ => _cache.GetOrCreateAsync("key", source, static (source, _) => new ValueTask<List<string>>(source.Task)).AsTask()).ToArray();
        source.SetResult(["Lyon"]);

        var values = await Task.WhenAll(callers);

        Assert.Equal(5, values.Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.All(values, value => Assert.Equal(["Lyon"], value));
    }

    [Fact]
    public async Task What_the_application_set_stays_its_own()
    {
        var own = new List<string> { "Lyon" };
        await _cache.SetAsync("key", own);

        own.Add("changed");

        Assert.Equal(["Lyon"], await LoadAsync());
        Assert.True(_cache.TryGet<List<string>>("key", out var read));
        Assert.NotSame(own, read);
    }

    [Fact]
    public async Task A_stale_value_is_copied_too()
    {
        var options = new CacheEntryOptions { Expiration = TimeSpan.FromMinutes(1), FailSafeMaxDuration = TimeSpan.FromHours(1), FailSafeThrottleDuration = TimeSpan.FromTicks(1) };
        await _cache.SetAsync<List<string>>("key", ["Lyon"], options);
        _time.Advance(TimeSpan.FromMinutes(2));
        ValueTask<List<string>> FailAsync() => _cache.GetOrCreateAsync<List<string>>("key", static (_, _) => throw new InvalidOperationException("down"), options);

        (await FailAsync()).Add("changed");
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(["Lyon"], await FailAsync());
    }

    [Fact]
    public async Task A_value_whose_type_is_proven_immutable_is_shared() => await AssertSharedAsync(new City(1, "Lyon", "FR"));

    [Fact]
    public async Task A_value_whose_type_is_declared_immutable_is_shared() => await AssertSharedAsync(new DeclaredImmutable());

    [Fact]
    public async Task A_mutable_value_is_shared_when_the_application_says_so()
    {
        var options = new CacheEntryOptions { Isolation = ValueIsolation.Share };
        var own = new List<string> { "Lyon" };
        await _cache.SetAsync("key", own, options);

        Assert.Same(own, await _cache.GetOrCreateAsync<List<string>>("key", static (_, _) => throw new InvalidOperationException("was run"), options));
    }

    [Fact]
    public async Task An_immutable_value_is_copied_when_the_application_says_so()
    {
        var options = new CacheEntryOptions { Isolation = ValueIsolation.Copy };
        var own = new City(1, "Lyon", "FR");
        await _cache.SetAsync("key", own, options);

        var read = await _cache.GetOrCreateAsync<City>("key", static (_, _) => throw new InvalidOperationException("was run"), options);

        Assert.Equal(own, read);
        Assert.NotSame(own, read);
    }

    [Fact]
    public async Task A_value_that_must_be_copied_and_cannot_be_fails_its_load_and_is_not_kept()
    {
        var options = new CacheEntryOptions { Isolation = ValueIsolation.Copy };

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => _cache.GetOrCreateAsync("key", static (_, _) => new ValueTask<object>(new object()), options).AsTask());

        Assert.Contains("'System.Object'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Share", fault.Message, StringComparison.Ordinal);
        Assert.False(_cache.TryGet<object>("key", out _));
        Assert.Equal(1, await _cache.GetOrCreateAsync("key", static _ => new ValueTask<int>(1)));
    }

    private async Task AssertSharedAsync<T>(T own)
        where T : class
    {
        await _cache.SetAsync("key", own);

        Assert.Same(own, await _cache.GetOrCreateAsync<T>("key", static _ => throw new InvalidOperationException("was run")));
    }

    private ValueTask<List<string>> LoadAsync() => _cache.GetOrCreateAsync("key", static _ => new ValueTask<List<string>>(["Lyon"]));

    [ImmutableObject(true)]
    private sealed class DeclaredImmutable
    {
        public int Number { get; set; }
    }
}
