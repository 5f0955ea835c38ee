using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ProDev.Retry;

/// <summary>Reads the settings of a policy from a section of the configuration, by hand: without reflection, and with every fault named at once, misspelt keys included.</summary>
internal sealed class RetrySection(string policy, IConfiguration section) : IConfigureNamedOptions<RetryOptions>
{
    private static readonly Dictionary<string, Func<RetryOptions, string, bool>> Readers = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(RetryOptions.MaxAttempts)] = static (o, text) => Set(int.TryParse(text, CultureInfo.InvariantCulture, out var value), value, v => o.MaxAttempts = v),
        [nameof(RetryOptions.Backoff)] = static (o, text) => Set(Enum.TryParse<RetryBackoff>(text, ignoreCase: true, out var value), value, v => o.Backoff = v),
        [nameof(RetryOptions.BaseDelay)] = static (o, text) => Set(TryTime(text, out var value), value, v => o.BaseDelay = v),
        [nameof(RetryOptions.BackoffFactor)] = static (o, text) => Set(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value), value, v => o.BackoffFactor = v),
        [nameof(RetryOptions.MaxDelay)] = static (o, text) => Set(TryTime(text, out var value), value, v => o.MaxDelay = v),
        [nameof(RetryOptions.Jitter)] = static (o, text) => Set(Enum.TryParse<RetryJitter>(text, ignoreCase: true, out var value), value, v => o.Jitter = v),
        [nameof(RetryOptions.Deadline)] = static (o, text) => Set(TryTime(text, out var value), value, v => o.Deadline = v),
        [nameof(RetryOptions.AttemptTimeout)] = static (o, text) => Set(TryTime(text, out var value), value, v => o.AttemptTimeout = v),
        [nameof(RetryOptions.MaxServerDelay)] = static (o, text) => Set(TryTime(text, out var value), value, v => o.MaxServerDelay = v),
        [nameof(RetryOptions.NestedRetries)] = static (o, text) => Set(Enum.TryParse<NestedRetries>(text, ignoreCase: true, out var value), value, v => o.NestedRetries = v),
    };

    /// <summary>The name of the policy.</summary>
    public string Policy => policy;

    /// <summary>The section, whose changes reload the policy.</summary>
    public IConfiguration Section => section;

    public void Configure(RetryOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, RetryOptions options)
    {
        if (name != policy)
            return;
        var faults = new List<string>();
        foreach (var setting in section.GetChildren())
        {
            if (!Readers.TryGetValue(setting.Key, out var read))
                faults.Add($"Retry policy '{policy}': '{setting.Path}' is no setting. There are {string.Join(", ", Readers.Keys)}.");
            else if (!read(options, setting.Value ?? string.Empty))
                faults.Add($"Retry policy '{policy}': '{setting.Path}' is '{setting.Value}', which cannot be read. Durations are written as 'hh:mm:ss.fff', numbers with a point, others by name.");
        }

        if (faults.Count > 0)
            throw new OptionsValidationException(policy, typeof(RetryOptions), faults);
    }

    // Without a colon it would be a number of days, which nobody means.
    private static bool TryTime(string text, out TimeSpan value)
    {
        value = default;
        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(text, ["c", "g"], CultureInfo.InvariantCulture, out value);
    }

    private static bool Set<T>(bool isRead, T value, Action<T> set)
    {
        if (isRead)
            set(value);
        return isRead;
    }
}
