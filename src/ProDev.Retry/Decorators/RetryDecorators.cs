using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using ProDev.Shared.DependencyInjection;

namespace ProDev.Retry;

/// <summary>What generated decorators call. Code written by hand has no use for it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RetryDecorators
{
    /// <summary>Leaves the decorator of a service where <c>DecorateWithRetry</c> finds it. Called by a module initializer.</summary>
    /// <typeparam name="T">The decorated interface.</typeparam>
    /// <param name="create">Makes the decorator from the container, what identifies the registration, and the decorated instance.</param>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    public static void Register<T>(Func<IServiceProvider, object?, T, T> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(create);
        DecoratorSlot<T>.Fill(new DecoratorFactory<T>(create));
    }

    /// <summary>Returns the policy of that name.</summary>
    /// <param name="services">The container.</param>
    /// <param name="name">The name given to <c>AddPolicy</c>.</param>
    /// <returns>The policy, the same for each call.</returns>
    /// <exception cref="InvalidOperationException">There is no policy of that name; the message lists the ones there are.</exception>
    public static RetryPolicy Policy(IServiceProvider services, string name) =>
        services.GetRequiredService<RetryPolicyRegistry>().Get(name);

    /// <summary>Returns the default policy, with the given settings in place of its own.</summary>
    /// <param name="services">The container.</param>
    /// <param name="maxAttempts">All attempts, the first included; null for the default policy's.</param>
    /// <param name="baseDelay">The delay before the first retry; null for the default policy's.</param>
    /// <param name="maxDelay">The longest delay; null for the default policy's.</param>
    /// <param name="deadline">The time for all attempts and delays; null for the default policy's.</param>
    /// <param name="attemptTimeout">The time for one attempt; null for the default policy's.</param>
    /// <param name="circuitBreaker">The name of a circuit breaker; null for the default policy's.</param>
    /// <returns>The policy, the same for each call with the same settings.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The settings do not fit together.</exception>
    public static RetryPolicy Policy(
        IServiceProvider services,
        int? maxAttempts = null,
        TimeSpan? baseDelay = null,
        TimeSpan? maxDelay = null,
        TimeSpan? deadline = null,
        TimeSpan? attemptTimeout = null,
        string? circuitBreaker = null)
    {
        var registry = services.GetRequiredService<RetryPolicyRegistry>();
        var overrides = new RetryPolicyRegistry.Overrides(maxAttempts, baseDelay, maxDelay, deadline, attemptTimeout, circuitBreaker);
        return overrides == default ? registry.Get(Microsoft.Extensions.Options.Options.DefaultName) : registry.Get(overrides);
    }
}
