namespace ProDev.Caching.Internal;

/// <summary>The defaults, quoted by the options, their documentation and the tests.</summary>
internal static class CachingDefaults
{
    public const int MaximumEntries = 100_000;

    public static readonly TimeSpan Expiration = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan FailSafeThrottleDuration = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan DistributedHardTimeout = TimeSpan.FromSeconds(1);

    public const string HealthCheckName = "prodev-cache";
}
