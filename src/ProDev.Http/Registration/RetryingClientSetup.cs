using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace ProDev.Http;

/// <summary>Puts the handler into a client, once, where it was first asked for.</summary>
/// <param name="name">The client's name; null for all clients.</param>
/// <param name="services">The container, asked when a handler or a client is made.</param>
internal sealed class RetryingClientSetup(string? name, IServiceProvider services) : IConfigureNamedOptions<HttpClientFactoryOptions>
{
    /// <summary>What a client has that nobody has told otherwise.</summary>
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(100);

    /// <summary>For what comes on top of attempts and delays, so that the limit of the last attempt is reached first.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    public void Configure(HttpClientFactoryOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? client, HttpClientFactoryOptions options)
    {
        if (client is null || (name is not null && name != client))
            return;
        options.HttpMessageHandlerBuilderActions.Add(Add);
        options.HttpClientActions.Add(made => RaiseTimeout(client, made));
    }

    private void Add(HttpMessageHandlerBuilder builder)
    {
        if (builder.AdditionalHandlers.Any(handler => handler is HttpRetryHandler))
            return;
        var client = services.GetRequiredService<HttpRetryClients>().Get(builder.Name ?? Options.DefaultName);
        builder.AdditionalHandlers.Add(new HttpRetryHandler(client));
    }

    // A call that keeps its own limits must not be ended by one that nobody chose.
    private void RaiseTimeout(string client, HttpClient made)
    {
        var settings = services.GetRequiredService<IOptionsMonitor<HttpRetryOptions>>().Get(client);
        if (made.Timeout == DefaultTimeout && settings is { Deadline: { } deadline, AttemptTimeout: { } attempt }
            && deadline < HttpRetryLimits.LongestTimeout && attempt < HttpRetryLimits.LongestTimeout)
        {
            var needed = deadline + attempt + Margin;
            if (needed > DefaultTimeout)
                made.Timeout = needed < HttpRetryLimits.LongestTimeout ? needed : Timeout.InfiniteTimeSpan;
        }
    }
}
