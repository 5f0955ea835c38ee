using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProDev.Retry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds circuit breakers.</summary>
public static class CircuitBreakerBuilderExtensions
{
    /// <summary>
    /// Registers a circuit breaker as a keyed singleton: <c>[FromKeyedServices("name")] CircuitBreaker breaker</c>. Calling it again with
    /// the same name adds to the settings.
    /// </summary>
    /// <remarks>
    /// The settings are the options <see cref="CircuitBreakerOptions"/> of that name; they are checked when the host starts, and all faults are
    /// reported together. When they are reloaded, the breaker goes on with the new ones and keeps its state; if those are faulty, it
    /// keeps the ones it has, and whoever reloads gets the exception. A <see cref="TimeProvider"/> that is registered in the container is used
    /// unless the settings name their own.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, compared ordinally; not empty.</param>
    /// <param name="configure">Changes the defaults, which are documented on <see cref="CircuitBreakerOptions"/>; null keeps them.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or white space.</exception>
    public static IProDevRetryBuilder AddCircuitBreaker(
        this IProDevRetryBuilder builder, string name, Action<CircuitBreakerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);

        var services = builder.Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<CircuitBreakerOptions>, CircuitBreakerDefaults>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CircuitBreakerOptions>, CircuitBreakerOptionsValidator>());
        services.TryAddSingleton<CircuitBreakerRegistry>();
        services.AddSingleton(new CircuitBreakerName(name));
        services.TryAddKeyedSingleton(
            name, static (container, key) => container.GetRequiredService<CircuitBreakerRegistry>().Get((string)key!));

        var options = services.AddOptions<CircuitBreakerOptions>(name).ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        return builder;
    }

    /// <summary>
    /// Does the same with settings from a section of the configuration, with the keys of <see cref="CircuitBreakerOptions"/>:
    /// <c>"FailureRatio": 0.5, "BreakDuration": "00:00:05"</c>. An empty text switches <see cref="CircuitBreakerOptions.FailureRatio"/> or
    /// <see cref="CircuitBreakerOptions.ConsecutiveFailures"/> off.
    /// </summary>
    /// <remarks>
    /// When the section changes, the breaker goes on with the new settings and keeps its state, which
    /// <see cref="CircuitBreaker.Update(Action{CircuitBreakerOptions})"/> describes; if those are faulty, it keeps the ones it has, and an error is
    /// logged. What a call of that method has changed is lost then. Keys that are no setting and values that cannot be read are reported with their
    /// paths when the host starts, all together.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, compared ordinally; not empty.</param>
    /// <param name="section">The section. A key that is no setting is a fault.</param>
    /// <param name="configure">What cannot be written in a file, such as <see cref="CircuitBreakerOptions.ShouldCount"/>; the section comes after it. Null: nothing.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null, other than <paramref name="configure"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or white space.</exception>
    public static IProDevRetryBuilder AddCircuitBreaker(
        this IProDevRetryBuilder builder, string name, IConfiguration section, Action<CircuitBreakerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(section);
        builder.AddCircuitBreaker(name, configure);
        var reader = new CircuitBreakerSection(name, section);
        builder.Services.AddSingleton(reader).AddSingleton<IConfigureOptions<CircuitBreakerOptions>>(reader);
        return builder;
    }
}
