using Microsoft.Extensions.Configuration;

namespace ProDev.Retry;

/// <summary>Reads the settings of a circuit breaker from a section of the configuration. An empty text switches a rule off, as null does in code.</summary>
internal sealed class CircuitBreakerSection(string breaker, IConfiguration section)
    : SettingsSection<CircuitBreakerOptions>("Circuit breaker", breaker, section, Readers)
{
    private static readonly Dictionary<string, Func<CircuitBreakerOptions, string, bool>> Readers = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(CircuitBreakerOptions.FailureRatio)] = static (o, text) =>
        {
            o.FailureRatio = null;
            return text.Length == 0 || SettingText.Fraction(text, v => o.FailureRatio = v);
        },
        [nameof(CircuitBreakerOptions.MinimumThroughput)] = static (o, text) => SettingText.Number(text, v => o.MinimumThroughput = v),
        [nameof(CircuitBreakerOptions.SamplingDuration)] = static (o, text) => SettingText.Time(text, v => o.SamplingDuration = v),
        [nameof(CircuitBreakerOptions.ConsecutiveFailures)] = static (o, text) =>
        {
            o.ConsecutiveFailures = null;
            return text.Length == 0 || SettingText.Number(text, v => o.ConsecutiveFailures = v);
        },
        [nameof(CircuitBreakerOptions.BreakDuration)] = static (o, text) => SettingText.Time(text, v => o.BreakDuration = v),
        [nameof(CircuitBreakerOptions.Probes)] = static (o, text) => SettingText.Number(text, v => o.Probes = v),
        [nameof(CircuitBreakerOptions.ProbeLease)] = static (o, text) => SettingText.Time(text, v => o.ProbeLease = v),
    };
}
