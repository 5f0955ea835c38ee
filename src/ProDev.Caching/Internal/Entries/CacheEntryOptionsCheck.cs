namespace ProDev.Caching.Internal;

/// <summary>Checks the options of an entry and reports every fault: the property, its value, what is allowed.</summary>
internal static class CacheEntryOptionsCheck
{
    public static IEnumerable<string> Faults(CacheEntryOptions options)
    {
        foreach (var (name, value) in Positive(options))
        {
            if (value <= TimeSpan.Zero)
                yield return $"{name} is '{value}'; it must be greater than zero, or null for the default.";
        }

        foreach (var (name, value) in NotNegative(options))
        {
            if (value < TimeSpan.Zero)
                yield return $"{name} is '{value}'; it must be zero or more, or null for the default.";
        }

        // Written so that NaN is a fault, too.
        if (options.EagerRefreshThreshold is { } threshold && !(threshold > 0 && threshold < 1))
            yield return $"{nameof(options.EagerRefreshThreshold)} is '{threshold}'; it must lie between 0 and 1, both excluded, or be null for the default.";
        if (options.Weight < 1)
            yield return $"{nameof(options.Weight)} is '{options.Weight}'; it must be at least 1, or null for the default.";
        if (options.Nulls is { } nulls && !Enum.IsDefined(nulls))
            yield return $"{nameof(options.Nulls)} is '{nulls}'; it must be {nameof(NullCaching.Cache)} or {nameof(NullCaching.Skip)}.";
        if (options.Isolation is { } isolation && !Enum.IsDefined(isolation))
            yield return $"{nameof(options.Isolation)} is '{isolation}'; it must be {nameof(ValueIsolation.Auto)}, {nameof(ValueIsolation.Share)} or {nameof(ValueIsolation.Copy)}.";
        if (options.FactorySoftTimeout >= options.FactoryHardTimeout)
            yield return $"{nameof(options.FactorySoftTimeout)} is '{options.FactorySoftTimeout}'; it must be shorter than {nameof(options.FactoryHardTimeout)}, which is '{options.FactoryHardTimeout}'.";
        if (options.DistributedSoftTimeout > options.DistributedHardTimeout)
            yield return $"{nameof(options.DistributedSoftTimeout)} is '{options.DistributedSoftTimeout}'; it must not be longer than {nameof(options.DistributedHardTimeout)}, which is '{options.DistributedHardTimeout}'.";
    }

    /// <summary>Throws for the options of a call.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names every such option.</exception>
    public static void Require(CacheEntryOptions? options)
    {
        if (options is null)
            return;
        var faults = Faults(options).ToList();
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(" ", faults.Select(fault => $"{nameof(CacheEntryOptions)}.{fault}")), nameof(options));
    }

    private static (string Name, TimeSpan? Value)[] Positive(CacheEntryOptions options) =>
    [
        (nameof(options.Expiration), options.Expiration),
        (nameof(options.LocalExpiration), options.LocalExpiration),
        (nameof(options.SlidingExpiration), options.SlidingExpiration),
        (nameof(options.FailSafeThrottleDuration), options.FailSafeThrottleDuration),
        (nameof(options.FactoryHardTimeout), options.FactoryHardTimeout),
        (nameof(options.NullExpiration), options.NullExpiration),
        (nameof(options.DistributedSoftTimeout), options.DistributedSoftTimeout),
        (nameof(options.DistributedHardTimeout), options.DistributedHardTimeout),
    ];

    private static (string Name, TimeSpan? Value)[] NotNegative(CacheEntryOptions options) =>
    [
        (nameof(options.JitterMaxDuration), options.JitterMaxDuration),
        (nameof(options.FailSafeMaxDuration), options.FailSafeMaxDuration),
        (nameof(options.FactorySoftTimeout), options.FactorySoftTimeout),
        (nameof(options.FailureExpiration), options.FailureExpiration),
    ];
}
