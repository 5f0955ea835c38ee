using Microsoft.Extensions.Configuration;

namespace ProDev.Retry;

/// <summary>Reads the settings of a policy from a section of the configuration.</summary>
internal sealed class RetrySection(string policy, IConfiguration section)
    : SettingsSection<RetryOptions>("Retry policy", policy, section, Readers)
{
    private static readonly Dictionary<string, Func<RetryOptions, string, bool>> Readers = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(RetryOptions.MaxAttempts)] = static (o, text) => SettingText.Number(text, v => o.MaxAttempts = v),
        [nameof(RetryOptions.Backoff)] = static (o, text) => SettingText.Choice<RetryBackoff>(text, v => o.Backoff = v),
        [nameof(RetryOptions.BaseDelay)] = static (o, text) => SettingText.Time(text, v => o.BaseDelay = v),
        [nameof(RetryOptions.BackoffFactor)] = static (o, text) => SettingText.Fraction(text, v => o.BackoffFactor = v),
        [nameof(RetryOptions.MaxDelay)] = static (o, text) => SettingText.Time(text, v => o.MaxDelay = v),
        [nameof(RetryOptions.Jitter)] = static (o, text) => SettingText.Choice<RetryJitter>(text, v => o.Jitter = v),
        [nameof(RetryOptions.Deadline)] = static (o, text) => SettingText.Time(text, v => o.Deadline = v),
        [nameof(RetryOptions.AttemptTimeout)] = static (o, text) => SettingText.Time(text, v => o.AttemptTimeout = v),
        [nameof(RetryOptions.MaxServerDelay)] = static (o, text) => SettingText.Time(text, v => o.MaxServerDelay = v),
        [nameof(RetryOptions.NestedRetries)] = static (o, text) => SettingText.Choice<NestedRetries>(text, v => o.NestedRetries = v),
    };
}
