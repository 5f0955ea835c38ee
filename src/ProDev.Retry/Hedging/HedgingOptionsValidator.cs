using System.Globalization;
using Microsoft.Extensions.Options;

namespace ProDev.Retry;

/// <summary>Finds every fault of the settings, so that a person corrects them in one go.</summary>
internal sealed class HedgingOptionsValidator : IValidateOptions<HedgingOptions>
{
    public ValidateOptionsResult Validate(string? name, HedgingOptions options)
    {
        var faults = new List<string>();
        Collect(options, faults);
        return faults.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(string.IsNullOrEmpty(name) ? faults : faults.Select(f => $"Hedging policy '{name}': {f}"));
    }

    public static void ThrowIfInvalid(string name, HedgingOptions options)
    {
        var result = new HedgingOptionsValidator().Validate(name, options);
        if (result.Failed)
            throw new OptionsValidationException(name, typeof(HedgingOptions), result.Failures);
    }

    private static void Collect(HedgingOptions options, List<string> faults)
    {
        if (options.MaxAttempts is < 1 or > HedgingConstants.MostAttempts)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture,
                $"MaxAttempts is '{options.MaxAttempts}', but it must be from 1 to {HedgingConstants.MostAttempts}. ") +
                "It counts all copies: set it to 1 to hedge nothing.");
        }

        if (options.Delay != Timeout.InfiniteTimeSpan && (options.Delay < TimeSpan.Zero || options.Delay > RetryConstants.LongestDelay))
        {
            faults.Add(
                $"Delay is '{options.Delay:c}', but it must be from zero to '{RetryConstants.LongestDelay:c}' (24.8 days). " +
                "Set it to Timeout.InfiniteTimeSpan to start a copy only when one has failed.");
        }

        if (options.TimeProvider is null)
            faults.Add("TimeProvider is null. Leave it at TimeProvider.System or set a clock.");
    }
}
