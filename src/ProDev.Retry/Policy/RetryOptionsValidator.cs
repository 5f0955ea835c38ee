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
        CollectTimeouts(options, faults);
        if (!Enum.IsDefined(options.NestedRetries))
            faults.Add($"NestedRetries is '{options.NestedRetries:D}', which is no member of NestedRetries. Use Count or Multiply.");
        if (options.Logger is null)
            faults.Add("Logger is null. Leave it at its default, or set NullLogger.Instance.");
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
            faults.Add($"Jitter is '{options.Jitter:D}', which is no member of RetryJitter. Use None, Full, Equal, Decorrelated or DecorrelatedV2.");
        if (!Enum.IsDefined(options.Backoff))
            faults.Add($"Backoff is '{options.Backoff:D}', which is no member of RetryBackoff. Use Exponential, Linear or Constant.");
        else if (options.Jitter is RetryJitter.Decorrelated or RetryJitter.DecorrelatedV2 && options.Backoff != RetryBackoff.Exponential)
            faults.Add($"Jitter is '{options.Jitter}', which replaces an exponential backoff, but Backoff is '{options.Backoff}'. Use Full or Equal with it.");
        else if (options.Jitter == RetryJitter.DecorrelatedV2 && options.BackoffFactor is not 2)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"BackoffFactor is '{options.BackoffFactor}', but the formula of Jitter 'DecorrelatedV2' needs 2."));
    }

    private static void CollectTimeouts(RetryOptions options, List<string> faults)
    {
        if (options.AttemptTimeout is { } timeout)
        {
            if (timeout <= TimeSpan.Zero || timeout > RetryConstants.LongestDelay)
                faults.Add($"AttemptTimeout is '{timeout:c}', but it must be above zero and at most '{RetryConstants.LongestDelay:c}' (24.8 days). Set it to null for no limit.");
            else if (timeout >= options.Deadline)
                faults.Add($"AttemptTimeout is '{timeout:c}', but Deadline is '{options.Deadline:c}': no second attempt could ever start. Shorten it, or raise Deadline.");
        }

        if (options.MaxServerDelay < TimeSpan.Zero || options.MaxServerDelay > RetryConstants.LongestDelay)
            faults.Add($"MaxServerDelay is '{options.MaxServerDelay:c}', but it must be from zero to '{RetryConstants.LongestDelay:c}' (24.8 days). Set it to null to let only Deadline limit it.");
    }
}
