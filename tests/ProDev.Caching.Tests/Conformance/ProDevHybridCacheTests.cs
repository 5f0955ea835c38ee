namespace ProDev.Caching.Tests.Conformance;

/// <summary>
/// Our cache: all that the control does, and in the other files of this class what the control gets wrong. A comment at each of
/// those cases says what the control does there.
/// </summary>
public static partial class ProDevHybridCacheTests
{
    public sealed class Cancellation : CancellationCases<ProDevCacheFixture>;

    public sealed class Expiration : ExpirationCases<ProDevCacheFixture>;

    public sealed class Failure : FailureCases<ProDevCacheFixture>;

    public sealed class Flags : FlagCases<ProDevCacheFixture>;

    public sealed class Values : ValueCases<ProDevCacheFixture>;
}
