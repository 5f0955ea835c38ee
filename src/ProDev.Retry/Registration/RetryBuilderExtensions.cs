using Microsoft.Extensions.DependencyInjection.Extensions;
using ProDev.Retry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds named policies.</summary>
public static class RetryBuilderExtensions
{
    /// <summary>
    /// Registers a policy under a name, for <see cref="RetryAttribute.Policy"/> and, as a keyed singleton, for
    /// <c>[FromKeyedServices("name")] RetryPolicy policy</c>. It starts from the package's defaults, not from the default policy.
    /// Calling it again with the same name adds to the settings.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, compared ordinally; not empty.</param>
    /// <param name="configure">Changes the defaults, which are documented on <see cref="RetryOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or white space.</exception>
    public static IProDevRetryBuilder AddPolicy(this IProDevRetryBuilder builder, string name, Action<RetryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.AddSingleton(new RetryPolicyName(name));
        builder.Services.AddOptions<RetryOptions>(name).Configure(configure).ValidateOnStart();
        builder.Services.TryAddKeyedSingleton(name, static (container, key) => container.GetRequiredService<RetryPolicyRegistry>().Get((string)key!));
        return builder;
    }
}
