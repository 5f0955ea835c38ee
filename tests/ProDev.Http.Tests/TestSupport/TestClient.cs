using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Http.Tests;

/// <summary>A client with retries over a handler at the end of the line, without delays unless a test sets them.</summary>
internal sealed class TestClient : IDisposable
{
    private readonly ServiceProvider _services;

    public TestClient(HttpMessageHandler server, Action<HttpRetryOptions>? configure = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        if (time is not null)
            services.AddSingleton(time);
        services.AddHttpClient("test", client => client.BaseAddress = new Uri("https://a.example/"))
            .ConfigurePrimaryHttpMessageHandler(() => server)
            .AddProDevRetry(o =>
            {
                o.BaseDelay = TimeSpan.Zero;
                o.Budget = null;
                configure?.Invoke(o);
            });
        _services = services.BuildServiceProvider();
        Http = _services.GetRequiredService<IHttpClientFactory>().CreateClient("test");
    }

    public HttpClient Http { get; }

    /// <summary>The handlers alone: an <see cref="HttpClient"/> would turn cancellations into its own.</summary>
    public HttpMessageInvoker Handlers() =>
        new(_services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("test"), disposeHandler: false);

    public void Dispose()
    {
        Http.Dispose();
        _services.Dispose();
    }
}
