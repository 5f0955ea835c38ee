using Microsoft.Extensions.Options;

namespace ProDev.Http;

/// <summary>Finds all faults at once. Those of the policies are found by making some.</summary>
internal sealed class HttpRetryOptionsValidator : IValidateOptions<HttpRetryOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpRetryOptions options)
    {
        var faults = new List<string>();
        if (options.MaxBufferedContent < 0)
            faults.Add($"{nameof(options.MaxBufferedContent)} is {options.MaxBufferedContent}; it must be zero or more bytes.");
        if (options.MaximumAuthorities < 1)
            faults.Add($"{nameof(options.MaximumAuthorities)} is {options.MaximumAuthorities}; it must be at least 1.");
        try
        {
            var time = TimeProvider.System;
            AuthorityPolicies.Create(WithoutFactories(options), new HttpFailures(options, time), time, string.Empty);
        }
        catch (OptionsValidationException exception)
        {
            // The client's name is put before each; the policies have none.
            faults.AddRange(exception.Failures);
        }

        return faults.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(faults.Select(fault => $"Retries of the HTTP client '{name}': {fault}"));
    }

    // Budgets and breakers belong to authorities, and the one asked for here does not exist.
    private static HttpRetryOptions WithoutFactories(HttpRetryOptions options)
    {
        var copy = options.Clone();
        (copy.Budget, copy.CircuitBreaker) = (null, null);
        return copy;
    }
}
