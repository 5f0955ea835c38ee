using Microsoft.Extensions.Options;

namespace ProDev.Caching.Internal;

/// <summary>Checks the options of the second level and reports every fault at once.</summary>
internal sealed class SecondLevelOptionsValidator : IValidateOptions<SecondLevelOptions>
{
    // Well within what timers can count, and beyond all sense.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public ValidateOptionsResult Validate(string? name, SecondLevelOptions options)
    {
        var faults = Faults(options).Select(static fault => $"SecondLevelOptions.{fault}").ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(SecondLevelOptions options)
    {
        if (options.KeyPrefix is { } prefix
            && (prefix.Length > SecondLevelDefaults.MaximumPrefixLength || prefix.AsSpan().ContainsAnyExceptInRange('!', '~')))
            yield return $"KeyPrefix is '{prefix}'; it must be at most {SecondLevelDefaults.MaximumPrefixLength} characters of printable ASCII without spaces.";
        if (options.MaximumPayloadBytes < 1)
            yield return $"MaximumPayloadBytes is '{options.MaximumPayloadBytes}'; it must be at least 1.";
        if (options.CompressionThreshold < 0)
            yield return $"CompressionThreshold is '{options.CompressionThreshold}'; it must be zero or more, or null for no compression.";
        if (options.BreakThreshold < 1)
            yield return $"BreakThreshold is '{options.BreakThreshold}'; it must be at least 1.";
        if (options.BreakDuration <= TimeSpan.Zero || options.BreakDuration > Longest)
            yield return $"BreakDuration is '{options.BreakDuration}'; it must be greater than zero and at most {Longest.Days} days.";
        if (options.TombstoneLifetime <= TimeSpan.Zero || options.TombstoneLifetime > Longest)
            yield return $"TombstoneLifetime is '{options.TombstoneLifetime}'; it must be greater than zero and at most {Longest.Days} days.";
        if (options.MaximumPendingChanges < 1)
            yield return $"MaximumPendingChanges is '{options.MaximumPendingChanges}'; it must be at least 1.";
        if (options.MaximumLoadWait < TimeSpan.Zero || options.MaximumLoadWait > Longest)
            yield return $"MaximumLoadWait is '{options.MaximumLoadWait}'; it must be zero or more and at most {Longest.Days} days.";
    }
}
