using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace ProDev.Http.Benchmarks;

/// <summary>The same client for each peer: three attempts, exponential backoff from 200 ms, jitter, no logging, no listeners.</summary>
internal sealed class Clients : IDisposable
{
    private const int Attempts = 3;
    private static readonly TimeSpan BaseDelay = TimeSpan.FromMilliseconds(200);

    private readonly ServiceProvider _services;
    private readonly IHttpMessageHandlerFactory _handlers;

    public Clients()
    {
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(client => client.ConfigurePrimaryHttpMessageHandler(() => new AnsweringHandler()).RemoveAllLoggers());
        services.AddHttpClient("bare");
        services.AddHttpClient("prodev").AddProDevRetry(o => (o.MaxAttempts, o.BaseDelay) = (Attempts, BaseDelay));
        services.AddHttpClient("prodev-retry-only").AddProDevRetry(o =>
            (o.MaxAttempts, o.BaseDelay, o.Deadline, o.AttemptTimeout, o.Budget) = (Attempts, BaseDelay, null, null, null));
        services.AddHttpClient("resilience").AddResilienceHandler("retry", pipeline => pipeline.AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = Attempts - 1,
            Delay = BaseDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        }));
        _services = services.BuildServiceProvider();
        _handlers = _services.GetRequiredService<IHttpMessageHandlerFactory>();
    }

    /// <summary>Without an <see cref="HttpClient"/> around the handlers, which costs all peers the same.</summary>
    public HttpMessageInvoker Create(string name) => new(_handlers.CreateHandler(name), disposeHandler: false);

    public void Dispose() => _services.Dispose();
}
