using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ProDev.Retry;

/// <summary>Takes the clock, the randomness and the log from the container where the settings still hold their defaults.</summary>
internal sealed class ContainerDefaults(IServiceProvider services) : IConfigureNamedOptions<RetryOptions>
{
    // Random.Shared is thread-safe; any other instance is not.
    private readonly Lock _randomLock = new();

    public void Configure(RetryOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, RetryOptions options)
    {
        if (ReferenceEquals(options.TimeProvider, TimeProvider.System) && services.GetService<TimeProvider>() is { } time)
            options.TimeProvider = time;
        if (ReferenceEquals(options.Randomizer, RetryOptions.SharedRandomizer) && services.GetService<Random>() is { } random)
            options.Randomizer = () => Next(random);
        if (ReferenceEquals(options.Logger, NullLogger.Instance) && services.GetService<ILoggerFactory>() is { } loggers)
            options.Logger = loggers.CreateLogger("ProDev.Retry");
    }

    private double Next(Random random)
    {
        lock (_randomLock)
            return random.NextDouble();
    }
}
