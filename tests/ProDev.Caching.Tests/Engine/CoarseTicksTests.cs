using Microsoft.Extensions.DependencyInjection;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests.Engine;

public sealed class CoarseTicksTests
{
    private readonly List<Action> _threads = [];
    private readonly CoarseTicks _clock;
    private Action _whilePausing = static () => { };
    private long _ticks = 1000;
    private int _asked;

    public CoarseTicksTests() => _clock = new CoarseTicks(Ticks, _threads.Add, () => _whilePausing());

    [Fact]
    public void EachReadingAsksTheTicks_WhileThereAreFew()
    {
        for (var reading = 1; reading < CoarseTicks.Many; reading++)
        {
            _ticks++;
            Assert.Equal(_ticks, _clock.Recent);
        }

        Assert.Empty(_threads);
    }

    [Fact]
    public void NobodyKeepsTheTime_WhenReadingsAreManyOnlyInAllTheTime()
    {
        for (var span = 0; span < 3; span++)
        {
            Read(CoarseTicks.Many - 1);
            _ticks += CoarseTicks.Span;
        }

        Assert.Empty(_threads);
    }

    [Fact]
    public void OneThreadIsStarted_WhenReadingsAreManyAtATime()
    {
        Read(CoarseTicks.Many * 3);

        Assert.Single(_threads);
    }

    [Fact]
    public void ReadersDoNotAskTheTicks_WhileAThreadKeepsThem()
    {
        Read(CoarseTicks.Many);
        var readings = new List<long>();
        _whilePausing = () =>
        {
            var asked = _asked;
            _ticks += 7;
            readings.Add(_clock.Recent - _ticks);
            Assert.Equal(asked, _asked);
        };

        _threads[0]();

        Assert.Equal(CoarseTicks.Updates, readings.Count);
        Assert.All(readings, behind => Assert.Equal(-7, behind));
    }

    [Fact]
    public void ReadersAskAgain_WhenTheThreadHasEnded()
    {
        Read(CoarseTicks.Many);
        _threads[0]();

        _ticks = 5000;

        Assert.Equal(5000, _clock.Recent);
    }

    [Fact]
    public void AnotherThreadIsStarted_WhenReadingsAreStillManyAfterTheFirst()
    {
        Read(CoarseTicks.Many);
        _threads[0]();
        Assert.Single(_threads);

        Read(CoarseTicks.Many);

        Assert.Equal(2, _threads.Count);
    }

    [Fact]
    public void ReadersGoOnAsking_WhenNoThreadCanBeStarted()
    {
        var clock = new CoarseTicks(Ticks, static _ => throw new PlatformNotSupportedException(), static () => { });

        for (var reading = 0; reading < CoarseTicks.Many * 2; reading++)
            Assert.Equal(++_ticks, clock.Recent);
    }

    [Fact]
    public void AValueExpires_WhileItIsReadAsFastAsPossible()
    {
        using var services = new ServiceCollection().AddProDevCaching().Services.BuildServiceProvider();
        var cache = services.GetRequiredService<ProDevHybridCache>();
        for (var round = 0; round < 20; round++)
        {
            cache.GetOrCreate("key", round, static (value, _) => value, new CacheEntryOptions { Expiration = TimeSpan.FromMilliseconds(20) });

            // Ends only because the time that a thread keeps goes on.
            while (cache.TryGet<int>("key", out var value))
                Assert.Equal(round, value);
        }
    }

    private void Read(int times)
    {
        for (var reading = 0; reading < times; reading++)
            _ = _clock.Recent;
    }

    private long Ticks()
    {
        _asked++;
        return _ticks;
    }
}
