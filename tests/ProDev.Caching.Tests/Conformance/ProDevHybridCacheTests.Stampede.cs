using System.Collections.Concurrent;
using System.Globalization;

namespace ProDev.Caching.Tests.Conformance;

public static partial class ProDevHybridCacheTests
{
    public sealed class Stampede : StampedeCases<ProDevCacheFixture>
    {
        private const int Races = 100_000;

        private readonly int[] _loads = new int[Races];

        // The window is between the miss and the start of the load: the other caller may have loaded, stored and finished in it.
        // The control does not look again before it loads, and loads twice in some of these races. The benchmarks count how many.
        [Fact]
        public async Task FactoryRunsOnce_WhenTwoCallersRaceAndItIsInstant()
        {
            var values = new ConcurrentBag<Task<int>>();

            await Lockstep.RunAsync(Races, (race, _) =>
            {
                var value = Cache.GetOrCreateAsync(
                    race.ToString(CultureInfo.InvariantCulture),
                    (Self: this, race),
                    static (call, _) => new ValueTask<int>(Interlocked.Increment(ref call.Self._loads[call.race])));
                values.Add(value.AsTask());
            });

            Assert.All(await Task.WhenAll(values), value => Assert.Equal(1, value));
            Assert.All(_loads, count => Assert.Equal(1, count));
        }

        // The control throws: it compares the types of the factories' states, too.
        [Fact]
        public async Task CallersShareOneLoad_WhenTheirFactoriesTakeOtherStates()
        {
            var source = new HeldSource<int>();
            var first = LoadAsync(source);

            var second = CountAsync();
            source.Answer(7);

            Assert.Equal((7, 7), (await first, await second));
        }

        // The control throws.
        [Fact]
        public async Task CallersLoadApart_WhenTheyAskForOtherTypesOfOneKey()
        {
            var source = new HeldSource<string>();
            var text = LoadAsync(source);

            Assert.Equal(1, await CountAsync());
            source.Answer("text");

            Assert.Equal("text", await text);
        }
    }
}
