using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProDev.Retry;

/// <summary>Takes the clock from the container where the settings still hold their default.</summary>
internal sealed class HedgingContainerDefaults(IServiceProvider services) : IConfigureNamedOptions<HedgingOptions>
{
    public void Configure(HedgingOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, HedgingOptions options)
    {
        if (ReferenceEquals(options.TimeProvider, TimeProvider.System) && services.GetService<TimeProvider>() is { } time)
            options.TimeProvider = time;
    }
}
