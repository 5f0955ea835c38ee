using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProDev.Http.Tests;

/// <summary>A real server on a port of its own, which answers each request by a script, and a client with retries for it.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<string> _connections = new();
    private readonly ConcurrentQueue<HttpAttempt> _attempts = new();
    private ServiceProvider? _services;
    private int _requests;

    private LoopbackServer(WebApplication server) => _server = server;

    public Uri Address => new(_server.Urls.Single());

    public int Requests => _requests;

    /// <summary>Completes when the client has the headers of a response.</summary>
    public TaskCompletionSource HeadersArrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IEnumerable<string> Connections => _connections;

    public IEnumerable<HttpAttempt> Attempts => _attempts;

    public static async Task<LoopbackServer> StartAsync(
        Func<int, HttpContext, Task> answer, HttpProtocols protocols = HttpProtocols.Http1)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        var server = new LoopbackServer(builder.Build());
        server._server.Run(context =>
        {
            server._connections.Enqueue(context.Connection.Id);
            server._attempts.Enqueue(HttpAttempt.Read(name => context.Request.Headers[name]));
            return answer(Interlocked.Increment(ref server._requests), context);
        });
        await server._server.StartAsync();
        return server;
    }

    public HttpClient Client(Action<HttpRetryOptions>? configure = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        if (time is not null)
            services.AddSingleton(time);
        services.AddHttpClient("loopback", client => client.BaseAddress = Address).AddProDevRetry(o =>
        {
            o.BaseDelay = TimeSpan.Zero;
            o.SendAttemptHeaders = true;
            configure?.Invoke(o);
        }).AddHttpMessageHandler(() => new ArrivalHandler(HeadersArrived));
        _services = services.BuildServiceProvider();
        return _services.GetRequiredService<IHttpClientFactory>().CreateClient("loopback");
    }

    private sealed class ArrivalHandler(TaskCompletionSource headersArrived) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            headersArrived.TrySetResult();
            return response;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        await _server.DisposeAsync();
    }
}
