using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProDev.Retry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds named hedging policies.</summary>
public static class HedgingBuilderExtensions
{
    /// <summary>
    /// Registers a hedging policy as a keyed singleton: <c>[FromKeyedServices("name")] HedgingPolicy policy</c>. It takes its clock
    /// from the container, if one is registered there and the settings name none. Calling it again with the same name adds to
    /// the settings, which are checked when the host starts.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, compared ordinally; not empty.</param>
    /// <param name="configure">Changes the defaults, which are documented on <see cref="HedgingOptions"/>; null keeps them.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or white space.</exception>
    public static IProDevRetryBuilder AddHedgingPolicy(
        this IProDevRetryBuilder builder, string name, Action<HedgingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);

        var services = builder.Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<HedgingOptions>, HedgingContainerDefaults>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HedgingOptions>, HedgingOptionsValidator>());
        var options = services.AddOptions<HedgingOptions>(name).ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddKeyedSingleton(name, static (container, key) => HedgingPolicy.Create(
            (string)key!, container.GetRequiredService<IOptionsMonitor<HedgingOptions>>().Get((string)key!)));
        return builder;
    }
}
