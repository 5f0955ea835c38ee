using System.Globalization;
using Microsoft.Extensions.Options;

namespace ProDev.Retry;

/// <summary>Finds every fault of the settings, so that a person corrects them in one go.</summary>
internal sealed class RetryOptionsValidator : IValidateOptions<RetryOptions>
{
    public ValidateOptionsResult Validate(string? name, RetryOptions options)
    {
        var faults = new List<string>();
        Collect(options, faults);
        return faults.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(string.IsNullOrEmpty(name) ? faults : faults.Select(f => $"Retry policy '{name}': {f}"));
    }

    public static void ThrowIfInvalid(string name, RetryOptions options)
    {
        var result = new RetryOptionsValidator().Validate(name, options);
        if (result.Failed)
            throw new OptionsValidationException(name, typeof(RetryOptions), result.Failures);
    }

    private static void Collect(RetryOptions options, List<string> faults)
    {
        if (options.MaxAttempts < 1)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture,
                $"MaxAttempts is '{options.MaxAttempts}', but at least 1 is needed. It counts all attempts: set it to 1 to retry nothing."));
        }

        CollectDelays(options, faults);

        if (options.Deadline is { } deadline && deadline <= TimeSpan.Zero)
            faults.Add($"Deadline is '{deadline:c}', but it must be above zero. Set it to null for no deadline.");
        if (options.TimeProvider is null)
            faults.Add("TimeProvider is null. Leave it at TimeProvider.System or set a clock.");
        if (options.Randomizer is null)
            faults.Add("Randomizer is null. Leave it at its default, or set Jitter to None for delays without randomness.");
    }

    private static void CollectDelays(RetryOptions options, List<string> faults)
    {
        var (shortest, longest) = (options.BaseDelay, options.MaxDelay);
        if (shortest < TimeSpan.Zero)
            faults.Add($"BaseDelay is '{shortest:c}', but it cannot be negative. Set it to zero to retry at once.");
        if (longest < TimeSpan.Zero || longest > RetryConstants.LongestDelay)
            faults.Add($"MaxDelay is '{longest:c}', but it must be from zero to '{RetryConstants.LongestDelay:c}' (24.8 days).");
        else if (shortest > longest)
            faults.Add($"BaseDelay is '{shortest:c}', which is longer than MaxDelay '{longest:c}'. Shorten it, or raise MaxDelay.");
        if (!(options.BackoffFactor >= 1) || double.IsInfinity(options.BackoffFactor))
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture,
                $"BackoffFactor is '{options.BackoffFactor}', but it must be a number from 1. Set it to 1 for a constant delay."));
        }

        if (!Enum.IsDefined(options.Jitter))
            faults.Add($"Jitter is '{options.Jitter:D}', which is no member of RetryJitter. Use None or Full.");
    }
}
