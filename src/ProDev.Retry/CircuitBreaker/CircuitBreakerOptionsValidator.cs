using System.Globalization;
using Microsoft.Extensions.Options;

namespace ProDev.Retry;

/// <summary>Finds every fault of the settings, so that a person corrects them in one go.</summary>
internal sealed class CircuitBreakerOptionsValidator : IValidateOptions<CircuitBreakerOptions>
{
    public ValidateOptionsResult Validate(string? name, CircuitBreakerOptions options)
    {
        var faults = new List<string>();
        CollectRules(options, faults);
        CollectBreak(options, faults);
        if (options.TimeProvider is null)
            faults.Add("TimeProvider is null. Leave it at TimeProvider.System or set a clock.");
        if (options.Name is null)
            faults.Add("Name is null. Leave it empty for a breaker without a name.");
        return faults.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(string.IsNullOrEmpty(name) ? faults : faults.Select(f => $"Circuit breaker '{name}': {f}"));
    }

    public static void ThrowIfInvalid(string name, CircuitBreakerOptions options)
    {
        var result = new CircuitBreakerOptionsValidator().Validate(name, options);
        if (result.Failed)
            throw new OptionsValidationException(name, typeof(CircuitBreakerOptions), result.Failures);
    }

    private static void CollectRules(CircuitBreakerOptions options, List<string> faults)
    {
        if (options.FailureRatio is null && options.ConsecutiveFailures is null)
            faults.Add("FailureRatio and ConsecutiveFailures are both null, so the breaker would never open. Set one of them.");

        // Written so that NaN is a fault as well.
        if (options.FailureRatio is { } ratio && !(ratio > 0 && ratio <= 1))
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture,
                $"FailureRatio is '{ratio}', but it must be above 0 and at most 1. Set it to null to switch the rule off."));
        }

        if (options.MinimumThroughput < 1)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture,
                $"MinimumThroughput is '{options.MinimumThroughput}', but at least 1 is needed."));
        }

        var (shortest, longest) = (CircuitBreakerConstants.ShortestSamplingDuration, RetryConstants.LongestDelay);
        if (options.SamplingDuration < shortest || options.SamplingDuration > longest)
        {
            faults.Add(
                $"SamplingDuration is '{options.SamplingDuration:c}', but it must be from '{shortest:c}' to '{longest:c}' (24.8 days).");
        }

        if (options.ConsecutiveFailures < 1)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture,
                $"ConsecutiveFailures is '{options.ConsecutiveFailures}', but at least 1 is needed. Set it to null to switch the rule off."));
        }
    }

    private static void CollectBreak(CircuitBreakerOptions options, List<string> faults)
    {
        CollectDuration(nameof(options.BreakDuration), options.BreakDuration, faults);
        if (options.Probes is < 1 or > CircuitBreakerConstants.MostProbes)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture,
                $"Probes is '{options.Probes}', but it must be from 1 to {CircuitBreakerConstants.MostProbes}."));
        }

        CollectDuration(nameof(options.ProbeLease), options.ProbeLease, faults);
    }

    private static void CollectDuration(string name, TimeSpan value, List<string> faults)
    {
        if (value <= TimeSpan.Zero || value > RetryConstants.LongestDelay)
            faults.Add($"{name} is '{value:c}', but it must be above zero and at most '{RetryConstants.LongestDelay:c}' (24.8 days).");
    }
}
