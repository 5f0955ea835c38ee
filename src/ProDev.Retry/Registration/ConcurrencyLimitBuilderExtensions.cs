using ProDev.Retry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds named concurrency limits.</summary>
public static class ConcurrencyLimitBuilderExtensions
{
    /// <summary>
    /// Registers a limit as a keyed singleton: <c>[FromKeyedServices("name")] ConcurrencyLimit limit</c>. It takes its clock from the
    /// container, if one is registered there. When a name is registered again, the last registration counts.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, compared ordinally; not empty.</param>
    /// <param name="maxConcurrent">How many calls may run at the same time: from 1 to 1,000,000.</param>
    /// <param name="maxQueued">How many calls may wait for a place; zero, the default, refuses them at once.</param>
    /// <param name="queueTimeout">How long a call waits at most, above zero and at most 24.8 days; null, the default, has no limit.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or white space.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Numbers are out of range; the message names all of them.</exception>
    public static IProDevRetryBuilder AddConcurrencyLimit(
        this IProDevRetryBuilder builder, string name, int maxConcurrent, int maxQueued = 0, TimeSpan? queueTimeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ConcurrencyFaults.ThrowIfInvalid(maxConcurrent, maxQueued, queueTimeout);

        builder.Services.AddKeyedSingleton(
            name,
            (container, _) => ConcurrencyLimit.Create(maxConcurrent, maxQueued, queueTimeout, container.GetService<TimeProvider>(), name));
        return builder;
    }
}
