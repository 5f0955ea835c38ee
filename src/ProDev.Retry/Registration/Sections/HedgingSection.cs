using Microsoft.Extensions.Configuration;

namespace ProDev.Retry;

/// <summary>Reads the settings of a hedging policy from a section of the configuration.</summary>
internal sealed class HedgingSection(string policy, IConfiguration section)
    : SettingsSection<HedgingOptions>("Hedging policy", policy, section, Readers)
{
    private static readonly Dictionary<string, Func<HedgingOptions, string, bool>> Readers = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(HedgingOptions.MaxAttempts)] = static (o, text) => SettingText.Number(text, v => o.MaxAttempts = v),
        [nameof(HedgingOptions.Delay)] = static (o, text) => SettingText.Time(text, v => o.Delay = v),
    };
}
