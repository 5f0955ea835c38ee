namespace ProDev.Caching.Tests.Conformance;

public static partial class ProDevHybridCacheTests
{
    public sealed class Keys : KeyCases<ProDevCacheFixture>
    {
        public static TheoryData<string> UnusualKeys => ["", "two\nlines", new string('k', 5000)];

        // The control caches nothing under an empty key, one with control characters, or one of more than 1,024 characters.
        [Theory]
        [MemberData(nameof(UnusualKeys))]
        public async Task ValueIsKept_WhenItsKeyIsUnusual(string key)
        {
            Assert.Equal(1, await CountAsync(key));
            Assert.Equal(1, await CountAsync(key));
        }
    }
}
