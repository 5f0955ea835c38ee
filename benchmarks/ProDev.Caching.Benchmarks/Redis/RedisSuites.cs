using ProDev.Benchmarks;

namespace ProDev.Caching.Benchmarks;

/// <summary>What does a read of the second level cost, when it is Redis?</summary>
internal static class RedisSuites
{
    private static readonly Town Town = Town.OfTenKilobytes();
    private static readonly Blob Blob = Blob.OfRandomBytes();

    // Reads of the three caches that have a second level. FusionCache is left out of the large read: its entry goes through its serializer as a whole,
    // so that a blob becomes base64 there.
    public static IBenchmarkSuite[] All =>
    [
        new RedisSuite(new MacroSuite(
            "RedisRead",
            () => new RedisRead<Town>("ProDev", RedisPeers.ProDev, Town),
            () => new RedisRead<Town>("ProDevUncompressed", RedisPeers.ProDevUncompressed, Town),
            () => new RedisRead<Town>("ProDevCopied", RedisPeers.ProDevCopied, Town),
            () => new RedisRead<Town>("HybridCache", RedisPeers.Microsoft, Town),
            () => new RedisRead<Town>("FusionCache", RedisPeers.Fusion, Town))),
        new RedisSuite(new MacroSuite(
            "RedisLargeRead",
            () => new RedisRead<Blob>("ProDev", RedisPeers.ProDev, Blob),
            () => new RedisRead<Blob>("HybridCache", RedisPeers.Microsoft, Blob),
            () => new RedisRead<byte[]>("ProDevBytes", RedisPeers.ProDev, Blob.Bytes),
            () => new RedisRead<byte[]>("HybridCacheBytes", RedisPeers.Microsoft, Blob.Bytes))
        {
            Rounds = MacroSuite.FewestRounds,
        }),
        new RedisSuite(new MacroSuite(
            "RedisExtraRoundTrips",
            () => new RedisExtraRoundTrips("ProDev", RedisPeers.ProDev, Town),
            () => new RedisExtraRoundTrips("HybridCache", RedisPeers.Microsoft, Town),
            () => new RedisExtraRoundTrips("FusionCache", RedisPeers.Fusion, Town))
        {
            Rounds = MacroSuite.FewestRounds,
        }),
    ];
}
