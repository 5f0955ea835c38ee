namespace ProDev.Caching.Internal;

/// <summary>The defaults of the second level, quoted by the options, their documentation and the tests.</summary>
internal static class SecondLevelDefaults
{
    /// <summary>Before the keys of the cache without a service key; others add theirs.</summary>
    public const string KeyPrefix = "prodev:";

    public const int MaximumPayloadBytes = 1024 * 1024;

    public const int CompressionThreshold = 4 * 1024;

    public const int BreakThreshold = 3;

    public const int MaximumPendingChanges = 1_000;

    /// <summary>
    /// Of a prefix. With <see cref="MaximumKeyLength"/> and what the store puts between them, it stays below the 449 characters that the SQL Server
    /// implementation of <c>IDistributedCache</c> has for a key, the least of those in use.
    /// </summary>
    public const int MaximumPrefixLength = 100;

    /// <summary>Of a key as a store gets it.</summary>
    public const int MaximumKeyLength = 320;

    public static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan TombstoneLifetime = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan MaximumLoadWait = TimeSpan.FromSeconds(10);

    /// <summary>The longest a payload is kept. What asks for more wants "until it is removed", and stores overflow on that.</summary>
    public static readonly TimeSpan MaximumLifetime = TimeSpan.FromDays(3650);
}
