using Microsoft.Extensions.Configuration;
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

    /// <summary>
    /// Does the same with settings from a section of the configuration, with the keys <c>MaxAttempts</c> and <c>Delay</c>:
    /// <c>"MaxAttempts": 3, "Delay": "00:00:00.300"</c>. They are read once: a policy is immutable, and a later change of the section has no effect.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, compared ordinally; not empty.</param>
    /// <param name="section">The section. A key that is no setting is a fault, reported when the host starts.</param>
    /// <param name="configure">What cannot be written in a file, such as <see cref="HedgingOptions.ShouldHedge"/>; the section comes after it. Null: nothing.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null, other than <paramref name="configure"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or white space.</exception>
    public static IProDevRetryBuilder AddHedgingPolicy(
        this IProDevRetryBuilder builder, string name, IConfiguration section, Action<HedgingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(section);
        builder.AddHedgingPolicy(name, configure);
        builder.Services.AddSingleton<IConfigureOptions<HedgingOptions>>(new HedgingSection(name, section));
        return builder;
    }
}
