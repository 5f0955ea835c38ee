namespace ProDev.Caching.Tests.Conformance;

public abstract class StampedeCases<TFixture> : HybridCacheCases<TFixture>
    where TFixture : ICacheFixture, new()
{
    private const int Callers = 1000;

    private readonly HeldSource<int> _source = new();

    [Fact]
    public async Task FactoryRunsOnce_WhenAThousandCallersMissOneAfterTheOther()
    {
        var callers = Enumerable.Range(0, Callers).Select(_ => LoadAsync(_source)).ToArray();
        _source.Answer(7);

        Assert.All(await Task.WhenAll(callers), value => Assert.Equal(7, value));
        Assert.Equal(1, _source.Loads);
    }

    [Fact]
    public async Task FactoryRunsOnce_WhenAThousandCallersMissOnAllCores()
    {
        var missing = Callers;
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(() =>
        {
            var caller = LoadAsync(_source);
            if (Interlocked.Decrement(ref missing) == 0)
                _source.Answer(7);
            return caller;
        }));

        Assert.All(await Task.WhenAll(callers), value => Assert.Equal(7, value));
        Assert.Equal(1, _source.Loads);
    }

    [Fact]
    public async Task SecondCallerSharesTheValue_WhenItComesWhileTheFactoryRuns()
    {
        var first = LoadAsync(_source);
        await _source.Started;
        var second = LoadAsync(_source);
        Assert.False(second.IsCompleted);
        _source.Answer(7);

        Assert.Equal((7, 7), (await first, await second));
        Assert.Equal(1, _source.Loads);
    }

    [Fact]
    public async Task SecondCallerHits_WhenItComesAfterTheFactoryRan()
    {
        var first = LoadAsync(_source);
        _source.Answer(7);
        await first;

        var second = LoadAsync(_source);

        Assert.True(second.IsCompletedSuccessfully);
        Assert.Equal(7, await second);
        Assert.Equal(1, _source.Loads);
    }

    [Fact]
    public async Task CallerOfAnotherKeyIsNotKeptWaiting_WhenAFactoryRuns()
    {
        var first = LoadAsync(_source);

        Assert.Equal(1, await CountAsync("other"));
        _source.Answer(7);

        Assert.Equal(7, await first);
    }
}
