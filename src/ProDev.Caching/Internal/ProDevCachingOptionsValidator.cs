using Microsoft.Extensions.Options;

namespace ProDev.Caching.Internal;

/// <summary>Checks the options and reports every fault at once.</summary>
internal sealed class ProDevCachingOptionsValidator : IValidateOptions<ProDevCachingOptions>
{
    public ValidateOptionsResult Validate(string? name, ProDevCachingOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    public static IEnumerable<string> Faults(ProDevCachingOptions options)
    {
        foreach (var fault in CacheEntryOptionsCheck.Faults(options.DefaultEntryOptions))
            yield return $"ProDevCachingOptions.DefaultEntryOptions.{fault}";
        if (options.MaximumEntries < 1)
            yield return $"ProDevCachingOptions.MaximumEntries is '{options.MaximumEntries}'; it must be at least 1.";
        if (options.MaximumWeight < 1)
            yield return $"ProDevCachingOptions.MaximumWeight is '{options.MaximumWeight}'; it must be at least 1, or null to count entries.";
    }
}
