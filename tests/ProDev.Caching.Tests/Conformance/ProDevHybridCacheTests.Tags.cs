namespace ProDev.Caching.Tests.Conformance;

public static partial class ProDevHybridCacheTests
{
    public sealed class Tags : TagCases<ProDevCacheFixture>
    {
        private readonly HeldSource<int> _source = new();

        // The control stores the value and serves it as if its tag had not been removed.
        [Theory]
        [InlineData("x")]
        [InlineData("*")]
        public async Task LoadedValueIsNotStored_WhenItsTagWasRemovedMeanwhile(string removed)
        {
            var load = LoadTaggedAsync(_source);
            Tick();

            await Cache.RemoveByTagAsync(removed);
            Tick();
            _source.Answer(7);

            Assert.Equal(7, await load);
            Assert.Equal(1, await CountAsync(tags: ["x"]));
        }

        // The control lets the new caller join the old load.
        [Theory]
        [InlineData("x")]
        [InlineData("*")]
        public async Task NextCallerLoadsAnew_WhenItsTagWasRemovedDuringALoad(string removed)
        {
            var old = LoadTaggedAsync(_source);
            var next = new HeldSource<int>();
            next.Answer(8);
            Tick();

            await Cache.RemoveByTagAsync(removed);
            Tick();
            var answer = LoadTaggedAsync(next);
            Assert.Equal(1, next.Loads);
            _source.Answer(7);

            Assert.Equal((7, 8), (await old, await answer));
            Assert.Equal(8, await CountAsync(tags: ["x"]));
        }

        // The control takes the value for an older one until its clock has moved on.
        [Theory]
        [InlineData("x")]
        [InlineData("*")]
        public async Task ValueStays_WhenItIsStoredInTheInstantAfterItsTagWasRemoved(string removed)
        {
            await Cache.RemoveByTagAsync(removed);
            await Cache.SetAsync("key", 9, tags: ["x"]);

            Assert.Equal(9, await CountAsync());
        }

        private Task<int> LoadTaggedAsync(HeldSource<int> source) =>
            Cache.GetOrCreateAsync("key", source, static (source, token) => source.LoadAsync(token), tags: ["x"]).AsTask();
    }
}
