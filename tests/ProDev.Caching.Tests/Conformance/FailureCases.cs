namespace ProDev.Caching.Tests.Conformance;

public abstract class FailureCases<TFixture> : HybridCacheCases<TFixture>
    where TFixture : ICacheFixture, new()
{
    private readonly InvalidDataException _fault = new("The source is broken.");

    [Fact]
    public async Task EveryCallerGetsTheException_WhenTheFactoryTheyShareFails()
    {
        var source = new HeldSource<int>();
        var callers = Enumerable.Range(0, 3).Select(_ => LoadAsync(source)).ToArray();
        source.Fail(_fault);

        foreach (var caller in callers)
            Assert.Same(_fault, await Assert.ThrowsAsync<InvalidDataException>(() => caller));
        Assert.Equal(1, source.Loads);
    }

    [Fact]
    public async Task NextCallerLoads_WhenTheFactoryFailed()
    {
        var source = new HeldSource<int>();
        source.Fail(_fault);
        await Assert.ThrowsAsync<InvalidDataException>(() => LoadAsync(source));

        Assert.Equal(1, await CountAsync());
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task NextCallerLoads_WhenTheFactoryThrewBeforeItReturnedATask()
    {
        var thrown = await Assert.ThrowsAsync<InvalidDataException>(async () => await Cache.GetOrCreateAsync<int>("key", _ => throw _fault));

        Assert.Same(_fault, thrown);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task NextCallerLoads_WhenTheFactoryCancelledItself()
    {
        using var timeout = new CancellationTokenSource();
        await timeout.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Cache.GetOrCreateAsync("key", timeout.Token, static (token, _) => ValueTask.FromCanceled<int>(token)));

        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task NextCallerLoads_WhenTheFactoryFailedAfterTheOldValueExpired()
    {
        await Cache.SetAsync("key", 9);
        Time.Advance(DefaultExpiration);

        await Assert.ThrowsAsync<InvalidDataException>(async () => await Cache.GetOrCreateAsync<int>("key", _ => throw _fault));

        Assert.Equal(1, await CountAsync());
    }
}
