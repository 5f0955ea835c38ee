using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
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

        AddPolicy(builder, name).Configure(configure);
        return builder;
    }

    /// <summary>
    /// Does the same with settings from a section of the configuration, with the keys of <see cref="RetryOptions"/>: <c>"MaxAttempts": 4, "BaseDelay": "00:00:00.100"</c>. When
    /// the section changes, calls to come use the new settings; if those are out of range, the old ones stay and an error is logged. Budgets and what else has a state stay.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, compared ordinally; not empty.</param>
    /// <param name="section">The section. A key that is no setting is a fault.</param>
    /// <param name="configure">What cannot be written in a file, such as <see cref="RetryOptions.ShouldRetry"/>; the section comes after it. Null: nothing.</param>
    /// <inheritdoc cref="AddPolicy(IProDevRetryBuilder, string, Action{RetryOptions})"/>
    public static IProDevRetryBuilder AddPolicy(
        this IProDevRetryBuilder builder, string name, IConfiguration section, Action<RetryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(section);

        var options = AddPolicy(builder, name);
        if (configure is not null)
            options.Configure(configure);
        var reader = new RetrySection(name, section);
        builder.Services.AddSingleton(reader).AddSingleton<IConfigureOptions<RetryOptions>>(reader);
        return builder;
    }

    private static OptionsBuilder<RetryOptions> AddPolicy(IProDevRetryBuilder builder, string name)
    {
        builder.Services.AddSingleton(new RetryPolicyName(name));
        builder.Services.TryAddKeyedSingleton(name, static (container, key) => container.GetRequiredService<RetryPolicyRegistry>().Get((string)key!));
        return builder.Services.AddOptions<RetryOptions>(name).ValidateOnStart();
    }
}
