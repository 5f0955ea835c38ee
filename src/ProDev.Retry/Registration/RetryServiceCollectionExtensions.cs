using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProDev.Retry;
using ProDev.Shared.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers retry policies and decorators.</summary>
public static class RetryServiceCollectionExtensions
{
    private static readonly DecoratorKind Decoration = new(nameof(DecorateWithRetry), "[Retry]", "ProDev.Retry");

    /// <summary>
    /// Registers the default <see cref="RetryPolicy"/> as a singleton. Calling it again is harmless and adds to the settings.
    /// </summary>
    /// <remarks>
    /// A <see cref="TimeProvider"/> and a <see cref="Random"/> that are registered in the container are used by all policies whose
    /// settings do not name their own. The settings are checked when the host starts, and all faults are reported together.
    /// </remarks>
    /// <param name="services">The collection.</param>
    /// <param name="configure">Changes the defaults, which are documented on <see cref="RetryOptions"/>; null keeps them.</param>
    /// <returns>A builder that named policies are added to.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IProDevRetryBuilder AddProDevRetry(this IServiceCollection services, Action<RetryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<RetryOptions>, ContainerDefaults>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RetryOptions>, RetryOptionsValidator>());
        services.TryAddSingleton<RetryPolicyRegistry>();
        services.TryAddSingleton(static container => container.GetRequiredService<RetryPolicyRegistry>().Get(Options.Options.DefaultName));

        var options = services.AddOptions<RetryOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        return new ProDevRetryBuilder(services);
    }

    /// <summary>Registers a policy under a name: short for <c>AddProDevRetry().AddPolicy(name, configure)</c>.</summary>
    /// <param name="services">The collection.</param>
    /// <param name="name">The name, compared ordinally; not empty.</param>
    /// <param name="configure">Changes the defaults, which are documented on <see cref="RetryOptions"/>.</param>
    /// <returns>A builder that further policies are added to.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or white space.</exception>
    public static IProDevRetryBuilder AddRetryPolicy(this IServiceCollection services, string name, Action<RetryOptions> configure) =>
        services.AddProDevRetry().AddPolicy(name, configure);

    /// <summary>Registers a policy whose settings come from the configuration and follow its changes: short for <c>AddProDevRetry().AddPolicy(name, section, configure)</c>.</summary>
    /// <param name="services">The collection.</param>
    /// <param name="name">The name, compared ordinally; not empty.</param>
    /// <param name="section">The section. A key that is no setting is a fault.</param>
    /// <param name="configure">What cannot be written in a file; the section comes after it. Null: nothing.</param>
    /// <returns>A builder that further policies are added to.</returns>
    /// <exception cref="ArgumentNullException">An argument is null, other than <paramref name="configure"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or white space.</exception>
    public static IProDevRetryBuilder AddRetryPolicy(
        this IServiceCollection services, string name, IConfiguration section, Action<RetryOptions>? configure = null) =>
        services.AddProDevRetry().AddPolicy(name, section, configure);

    /// <summary>
    /// Puts the decorator that the source generator wrote for <typeparamref name="T"/> around its last registration, whose
    /// lifetime it keeps. Methods marked with <see cref="RetryAttribute"/> are retried; all others pass through.
    /// </summary>
    /// <remarks>
    /// The order of decorators is the order of the calls, from the inside out. Decorating the same service twice is harmless.
    /// The default policy is registered, if it is not yet.
    /// </remarks>
    /// <typeparam name="T">An interface with at least one method of its own marked with <see cref="RetryAttribute"/>.</typeparam>
    /// <param name="services">The collection, with a registration of <typeparamref name="T"/>.</param>
    /// <returns>The same collection.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is no registration of <typeparamref name="T"/>, or no generated decorator for it; the message says what to do.
    /// </exception>
    public static IServiceCollection DecorateWithRetry<T>(this IServiceCollection services)
        where T : class => services.DecorateWithRetry<T>(serviceKey: null);

    /// <summary>Does the same with the last registration under a key.</summary>
    /// <param name="services">The collection, with a registration of <typeparamref name="T"/> under <paramref name="serviceKey"/>.</param>
    /// <param name="serviceKey">The key; null means the registration without a key.</param>
    /// <inheritdoc cref="DecorateWithRetry{T}(IServiceCollection)"/>
    public static IServiceCollection DecorateWithRetry<T>(this IServiceCollection services, object? serviceKey)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ServiceDecorator.Decorate<T>(services, serviceKey, Decoration);
        services.AddProDevRetry();
        return services;
    }
}
