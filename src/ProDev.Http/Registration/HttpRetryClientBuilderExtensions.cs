using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using ProDev.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives clients of the <see cref="System.Net.Http.IHttpClientFactory"/> retries.</summary>
public static class HttpRetryClientBuilderExtensions
{
    /// <summary>
    /// Sends failed requests again, if they may be repeated: by their method, by an <c>Idempotency-Key</c>, or because they say so. A client has one such handler:
    /// calling this again adds to the settings.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Handlers that were added to the client before see the call once, those added after see each attempt. Another handler that retries multiplies the
    /// attempts: use one.
    /// </para>
    /// <para>
    /// <see cref="HttpClient.Timeout"/> ends the whole call, delays and the body that the client reads included. A handler cannot tell it from the caller's
    /// cancellation: a call that it ends is not retried, and no breaker counts it as a failure, so <see cref="HttpRetryOptions.AttemptTimeout"/> should end a hanging
    /// attempt before it does. With the defaults the last attempt has ended after 45 s. If it still is at its default of 100 s and
    /// <see cref="HttpRetryOptions.Deadline"/> and <see cref="HttpRetryOptions.AttemptTimeout"/> together are longer, it is raised to their sum and one second; a value of
    /// yours stays.
    /// </para>
    /// <para>
    /// The settings are checked when the client is first made, and when the host starts, if it checks options. On
    /// <c>ConfigureHttpClientDefaults(builder =&gt; ...)</c> it applies to all clients, and settings for one of them come on top.
    /// </para>
    /// </remarks>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Changes the defaults, which are documented on <see cref="HttpRetryOptions"/>; null keeps them.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IHttpClientBuilder AddProDevRetry(this IHttpClientBuilder builder, Action<HttpRetryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var (services, name) = (builder.Services, builder.Name);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HttpRetryOptions>, HttpRetryOptionsValidator>());
        services.TryAddSingleton<HttpRetryClients>();
        services.AddSingleton<IConfigureOptions<HttpClientFactoryOptions>>(container => new RetryingClientSetup(name, container));

        // The builder of the defaults has no name, and settings without a name are those of all clients.
        if (name is not null)
            services.AddOptions<HttpRetryOptions>(name).ValidateOnStart();
        if (configure is not null)
            services.Configure(name, configure);
        return builder;
    }
}
