using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ProDev.Http.Tests;

/// <summary>Failures that only HTTP/2 has, over one clear connection that both sides agree about beforehand.</summary>
public sealed class Http2Tests
{
    private const int RefusedStream = 7;
    private const int Cancel = 8;

    private static readonly Uri Address = new("/", UriKind.Relative);

    [Fact]
    public async Task IsRepeatedOnTheSameConnection_WhenTheServerIsBusy()
    {
        await using var server = await StartAsync(async context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "0";
            await context.Response.WriteAsync("busy");
        });
        using var client = Client(server);

        Assert.Equal("whole", await client.GetStringAsync(Address));
        Assert.Equal([1, 2], server.Attempts.Select(attempt => attempt.Number));
        Assert.Single(server.Connections.Distinct());
    }

    [Fact]
    public async Task IsRepeated_WhenTheServerSaysGoAway()
    {
        await using var server = await StartAsync(context =>
        {
            context.Features.Get<IConnectionLifetimeNotificationFeature>()!.RequestClose();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsync("closing");
        });
        using var client = Client(server);

        Assert.Equal("whole", await client.GetStringAsync(Address));
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task IsRepeatedOnAnotherConnection_WhenTheConnectionBreaks()
    {
        await using var server = await StartAsync(context =>
        {
            context.Features.Get<IConnectionLifetimeFeature>()!.Abort();
            return Task.CompletedTask;
        });
        using var client = Client(server);

        Assert.Equal("whole", await client.GetStringAsync(Address));
        Assert.Equal(2, server.Connections.Distinct().Count());
    }

    [Fact]
    public async Task IsSentOnce_WhenAnUploadThatCannotBeRepeatedIsReset()
    {
        await using var server = await StartAsync(ReadSomeAndResetAsync);
        using var client = Client(server, o => o.MaxBufferedContent = 1000);
        using var upload = new StreamContent(new OneTimeStream(new string('x', 100_000)));

        await Assert.ThrowsAsync<HttpRequestException>(() => client.PutAsync(Address, upload));

        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task IsSentAgainWhole_WhenAnUploadThatIsKeptIsReset()
    {
        var length = 0L;
        await using var server = await LoopbackServer.StartAsync(
            async (request, context) =>
            {
                if (request == 1)
                {
                    await ReadSomeAndResetAsync(context);
                    return;
                }

                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                length = body.Length;
            },
            HttpProtocols.Http2);
        using var client = Client(server);
        using var upload = new StreamContent(new OneTimeStream(new string('x', 100_000)));

        using var response = await client.PutAsync(Address, upload);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(100_000, length);
    }

    [Fact]
    public async Task IsSentOnce_WhenTheServerRefusesAnUploadThatCannotBeRepeated()
    {
        await using var server = await StartAsync(context =>
        {
            context.Features.Get<IHttpResetFeature>()!.Reset(RefusedStream);
            return Task.CompletedTask;
        });
        using var client = Client(server, o => o.MaxBufferedContent = 1000);
        using var upload = new StreamContent(new OneTimeStream(new string('x', 100_000)));

        // The client's own handler sends a refused stream again, and half a content must not look like a whole one.
        var failure = await Record.ExceptionAsync(() => client.PutAsync(Address, upload));

        Assert.NotNull(failure);
        Assert.Contains("cannot be sent a second time", failure.ToString(), StringComparison.Ordinal);
    }

    private static Task<LoopbackServer> StartAsync(Func<HttpContext, Task> fails) => LoopbackServer.StartAsync(
        (request, context) => request == 1 ? fails(context) : context.Response.WriteAsync("whole"), HttpProtocols.Http2);

    private static HttpClient Client(LoopbackServer server, Action<HttpRetryOptions>? configure = null)
    {
        var client = server.Client(configure);
        client.DefaultRequestVersion = HttpVersion.Version20;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return client;
    }

    private static async Task ReadSomeAndResetAsync(HttpContext context)
    {
        _ = await context.Request.Body.ReadAsync(new byte[100]);
        context.Features.Get<IHttpResetFeature>()!.Reset(Cancel);
    }
}
