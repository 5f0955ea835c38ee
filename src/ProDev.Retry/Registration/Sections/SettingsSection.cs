using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ProDev.Retry;

/// <summary>Reads named settings from a section of the configuration, by hand: without reflection, and with every fault named at once, misspelt keys included.</summary>
/// <param name="kind">What is named, such as 'Retry policy'.</param>
/// <param name="name">Its name; settings of other names are left alone.</param>
/// <param name="section">The section.</param>
/// <param name="readers">For each key what reads its text into the settings, and answers false if it cannot.</param>
internal abstract class SettingsSection<TOptions>(
    string kind, string name, IConfiguration section, IReadOnlyDictionary<string, Func<TOptions, string, bool>> readers) : IConfigureNamedOptions<TOptions>
    where TOptions : class
{
    /// <summary>The name.</summary>
    public string Name => name;

    /// <summary>The section, whose changes are followed.</summary>
    public IConfiguration Section => section;

    public void Configure(TOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, TOptions options)
    {
        if (name != Name)
            return;
        var faults = new List<string>();
        foreach (var setting in section.GetChildren())
        {
            if (!readers.TryGetValue(setting.Key, out var read))
                faults.Add($"{kind} '{name}': '{setting.Path}' is no setting. There are {string.Join(", ", readers.Keys)}.");
            else if (setting.GetChildren().Any() || !read(options, setting.Value ?? string.Empty))
                faults.Add($"{kind} '{name}': '{setting.Path}' is '{setting.Value}', which cannot be read. Durations are written as 'hh:mm:ss.fff', numbers with a point, others by name.");
        }

        if (faults.Count > 0)
            throw new OptionsValidationException(Name, typeof(TOptions), faults);
    }
}
