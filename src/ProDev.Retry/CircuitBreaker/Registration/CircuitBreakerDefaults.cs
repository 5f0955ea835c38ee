using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProDev.Retry;

/// <summary>Takes the clock from the container and the name from the registration; settings that name their own win.</summary>
internal sealed class CircuitBreakerDefaults(IServiceProvider services) : IConfigureNamedOptions<CircuitBreakerOptions>
{
    public void Configure(CircuitBreakerOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, CircuitBreakerOptions options)
    {
        if (options.Name is { Length: 0 })
            options.Name = name ?? string.Empty;
        if (ReferenceEquals(options.TimeProvider, TimeProvider.System) && services.GetService<TimeProvider>() is { } time)
            options.TimeProvider = time;
    }
}
