using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProDev.Http;

/// <summary>Makes what the handlers of each named client share, once.</summary>
internal sealed class HttpRetryClients(IOptionsMonitor<HttpRetryOptions> options, IServiceProvider services)
{
    private readonly ConcurrentDictionary<string, Lazy<HttpRetryClient>> _clients = new(StringComparer.Ordinal);

    // Lazy, so that handlers that are made at the same time share one.
    public HttpRetryClient Get(string name) => _clients.GetOrAdd(name, key => new(() => Create(key))).Value;

    private HttpRetryClient Create(string name)
    {
        var settings = options.Get(name);
        return new HttpRetryClient(settings, settings.TimeProvider ?? services.GetService<TimeProvider>() ?? TimeProvider.System);
    }
}
