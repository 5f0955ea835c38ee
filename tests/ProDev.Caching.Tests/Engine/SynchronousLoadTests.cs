namespace ProDev.Caching.Tests;

public sealed class SynchronousLoadTests
{
    private readonly CachedMethod<int, string> _method = CachedMethods.Create<int, string>("Catalog.Describe");
    private Exception? _waited;
    private string? _loaded;

    [Fact]
    public async Task Callers_wait_for_the_one_who_loads()
    {
        using var started = new ManualResetEventSlim();
        using var finish = new ManualResetEventSlim();
        var loads = 0;
        var loading = Task.Run(() => _method.Load(
            1,
            0,
            (_, _) =>
            {
                loads++;
                started.Set();
                finish.Wait(CancellationToken.None);
                return "loaded";
            },
            tags: null,
            CancellationToken.None));
        started.Wait();
        var waiting = Enumerable.Range(0, 3).Select(_ => Task.Run(() => Load("not this one"))).ToArray();
        finish.Set();

        Assert.Equal("loaded", await loading);
        Assert.All(await Task.WhenAll(waiting), value => Assert.Equal("loaded", value));
        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task A_waiting_caller_leaves_with_its_own_token()
    {
        using var started = new ManualResetEventSlim();
        using var finish = new ManualResetEventSlim();
        var loading = Task.Run(() => _method.Load(
            1,
            0,
            (_, _) =>
            {
                started.Set();
                finish.Wait(CancellationToken.None);
                return "loaded";
            },
            tags: null,
            CancellationToken.None));
        started.Wait();
        using var impatient = new CancellationTokenSource();
        var waiting = Task.Run(() => Load("not this one", impatient.Token));
        await impatient.CancelAsync();

        var left = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(impatient.Token, left.CancellationToken);
        finish.Set();
        Assert.Equal("loaded", await loading);
    }

    [Fact]
    public void The_one_who_loads_sees_its_own_token_when_nobody_else_waits()
    {
        using var impatient = new CancellationTokenSource();

        var left = Assert.ThrowsAny<OperationCanceledException>(() => _method.Load(
            1,
            impatient,
            static (impatient, token) =>
            {
                impatient.Cancel();
                token.WaitHandle.WaitOne();
                token.ThrowIfCancellationRequested();
                return "not reached";
            },
            tags: null,
            impatient.Token));

        Assert.Equal(impatient.Token, left.CancellationToken);
        Assert.Equal("again", Load("again"));
    }

    [Fact]
    public async Task Those_who_wait_load_themselves_when_the_one_who_loads_cancels_and_fails()
    {
        using var started = new ManualResetEventSlim();
        using var finish = new ManualResetEventSlim();
        using var impatient = new CancellationTokenSource();
        var loading = Task.Run(() => _method.Load<int>(
            1,
            0,
            (_, _) =>
            {
                started.Set();
                finish.Wait(CancellationToken.None);
                throw new ObjectDisposedException("the starter's scope");
            },
            tags: null,
            impatient.Token));
        started.Wait();
        var waiting = new Thread(() => _waited = Record.Exception(() => _loaded = Load("mine")));
        waiting.Start();
        SpinWait.SpinUntil(() => waiting.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        await impatient.CancelAsync();
        finish.Set();
        waiting.Join();

        Assert.Null(_waited);
        Assert.Equal("mine", _loaded);
        await Assert.ThrowsAnyAsync<ObjectDisposedException>(() => loading);
    }

    [Fact]
    public void A_failed_load_is_not_kept()
    {
        Assert.Throws<InvalidDataException>(() => _method.Load<int>(1, 0, static (_, _) => throw new InvalidDataException(), tags: null, CancellationToken.None));

        Assert.Equal("again", Load("again"));
    }

    [Fact]
    public void A_load_that_asks_for_its_own_key_is_told_so_and_does_not_hang()
    {
        var fault = Assert.Throws<InvalidOperationException>(() =>
            _method.Load(1, this, static (self, _) => self.Load("inner", CancellationToken.None), tags: null, CancellationToken.None));

        Assert.Equal(
            "Loading the cache key '1' asked the cache for that same key on the same thread, which would wait for itself for ever. " +
            "Call the decorated service's own method inside it, not the cached one.",
            fault.Message);
    }

    [Fact]
    public async Task An_asynchronous_load_that_asks_for_its_own_key_synchronously_is_told_so_and_does_not_hang()
    {
        var cache = new ProDevHybridCache();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.Run(() => cache.GetOrCreateAsync(
            "key", token => new ValueTask<string>(cache.GetOrCreate("key", 0, static (_, _) => "inner", cancellationToken: token))).AsTask()).WaitAsync(TwoLevelCache.Patience));

        Assert.Equal("again", cache.GetOrCreate("key", 0, static (_, _) => "again"));
    }

    private string Load(string value, CancellationToken cancellationToken = default) =>
        _method.Load(1, value, static (value, _) => value, tags: null, cancellationToken);
}
