namespace ProDev.Caching.Tests.Conformance;

/// <summary>The control: what it does is what applications written against HybridCache expect.</summary>
public static class MicrosoftHybridCacheTests
{
    public sealed class Cancellation : CancellationCases<MicrosoftCacheFixture>;

    public sealed class Expiration : ExpirationCases<MicrosoftCacheFixture>;

    public sealed class Failure : FailureCases<MicrosoftCacheFixture>;

    public sealed class Flags : FlagCases<MicrosoftCacheFixture>;

    public sealed class Keys : KeyCases<MicrosoftCacheFixture>;

    public sealed class Removal : RemovalCases<MicrosoftCacheFixture>;

    public sealed class Stampede : StampedeCases<MicrosoftCacheFixture>;

    public sealed class Tags : TagCases<MicrosoftCacheFixture>;

    public sealed class Values : ValueCases<MicrosoftCacheFixture>;
}
