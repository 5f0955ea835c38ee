namespace ProDev.Caching.Tests.Conformance;

public static partial class ProDevHybridCacheTests
{
    public sealed class Removal : RemovalCases<ProDevCacheFixture>
    {
        private readonly HeldSource<int> _source = new();

        // The control stores the value of the load: what was removed is back.
        [Fact]
        public async Task LoadedValueIsNotStored_WhenItsKeyWasRemovedMeanwhile()
        {
            var load = LoadAsync(_source);

            await Cache.RemoveAsync("key");
            _source.Answer(7);

            Assert.Equal(7, await load);
            Assert.Equal(1, await CountAsync());
        }

        // The control lets the new caller join the old load.
        [Fact]
        public async Task NextCallerLoadsAnew_WhenItsKeyWasRemovedDuringALoad()
        {
            var old = LoadAsync(_source);
            var next = new HeldSource<int>();
            next.Answer(8);

            await Cache.RemoveAsync("key");
            var answer = LoadAsync(next);
            Assert.Equal(1, next.Loads);
            _source.Answer(7);

            Assert.Equal((7, 8), (await old, await answer));
            Assert.Equal(8, await CountAsync());
        }

        // The control replaces the newer value by that of the load.
        [Fact]
        public async Task LoadedValueIsNotStored_WhenItsKeyWasSetMeanwhile()
        {
            var load = LoadAsync(_source);

            await Cache.SetAsync("key", 9);
            _source.Answer(7);

            Assert.Equal(7, await load);
            Assert.Equal(9, await CountAsync());
        }
    }
}
