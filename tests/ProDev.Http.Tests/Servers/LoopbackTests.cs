using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Http.Tests;

/// <summary>Against a real server: what the scripted handlers only pretend.</summary>
public sealed class LoopbackTests
{
    private static readonly Uri Address = new("/", UriKind.Relative);

    [Fact]
    public async Task IsRepeated_WhenTheConnectionIsResetBeforeTheHeaders()
    {
        await using var server = await LoopbackServer.StartAsync((request, context) => ResetOrAnswerAsync(request, context, when: null));
        using var client = server.Client();

        Assert.Equal("whole", await client.GetStringAsync(Address));
        Assert.Equal([1, 2], server.Attempts.Select(attempt => attempt.Number));
    }

    [Fact]
    public async Task IsTheCallersFailure_WhenTheConnectionIsResetInTheBodyThatIsStreamed()
    {
        LoopbackServer? started = null;
        await using var server = await LoopbackServer.StartAsync((request, context) => ResetOrAnswerAsync(request, context, started!.HeadersArrived.Task));
        started = server;
        using var client = server.Client();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(Address));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task IsRepeated_WhenTheConnectionIsResetInTheBodyThatIsBuffered()
    {
        LoopbackServer? started = null;
        await using var server = await LoopbackServer.StartAsync((request, context) => ResetOrAnswerAsync(request, context, started!.HeadersArrived.Task));
        started = server;
        using var client = server.Client(o => o.BufferResponses = true);

        Assert.Equal("whole", await client.GetStringAsync(Address));
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task IsEndedAndRepeated_WhenTheHeadersAreSlow()
    {
        await using var server = await LoopbackServer.StartAsync(async (request, context) =>
        {
            if (request == 1)
                await WaitForAbortAsync(context);
            else
                await context.Response.WriteAsync("whole");
        });
        using var client = server.Client(o => o.AttemptTimeout = TimeSpan.FromSeconds(1));

        Assert.Equal("whole", await client.GetStringAsync(Address));
        Assert.Equal(2, server.Requests);
    }

    [Theory]
    [InlineData(429, "seconds")]
    [InlineData(429, "R")]
    [InlineData(503, "R")]
    [InlineData(503, "dddd, dd-MMM-yy HH:mm:ss 'GMT'")]
    [InlineData(503, "ddd MMM d HH:mm:ss yyyy")]
    public async Task IsTheCallersAtOnce_WhenRetryAfterDoesNotFit(int status, string form)
    {
        await using var server = await LoopbackServer.StartAsync((_, context) => RefuseAsync(context, status, form, TimeSpan.FromMinutes(1)));
        using var client = server.Client(o => o.Deadline = TimeSpan.FromSeconds(30), new FakeTimeProvider());

        using var response = await client.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("busy", await response.Content.ReadAsStringAsync());
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData("seconds")]
    [InlineData("R")]
    public async Task IsRepeatedOnTheSameConnection_WhenRetryAfterIsNow(string form)
    {
        await using var server = await LoopbackServer.StartAsync((request, context) =>
            request < 3 ? RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, form, TimeSpan.Zero) : context.Response.WriteAsync("whole"));
        using var client = server.Client();

        Assert.Equal("whole", await client.GetStringAsync(Address));
        Assert.Equal(3, server.Requests);
        Assert.Single(server.Connections.Distinct());
    }

    [Fact]
    public async Task IsSentWhole_WhenAnUploadIsAStream()
    {
        var bodies = new List<string>();
        await using var server = await LoopbackServer.StartAsync(async (request, context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            bodies.Add(await reader.ReadToEndAsync());
            context.Response.StatusCode = request < 3 ? StatusCodes.Status502BadGateway : StatusCodes.Status201Created;
        });
        using var client = server.Client();

        using var response = await client.PutAsync(Address, new StreamContent(new OneTimeStream("a stream that is read once")));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(Enumerable.Repeat("a stream that is read once", 3), bodies);
    }

    [Fact]
    public async Task BeginsAtTheFirstAddress_WhenARedirectLeadsToAFailure()
    {
        var requests = new List<string>();
        await using var server = await LoopbackServer.StartAsync((request, context) =>
        {
            requests.Add($"{context.Request.Method} {context.Request.Path} {context.Request.Headers.Authorization}");
            if (context.Request.Path == "/")
                context.Response.Redirect("/elsewhere", permanent: false, preserveMethod: false);
            else
                context.Response.StatusCode = request < 4 ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK;
            return Task.CompletedTask;
        });
        using var client = server.Client();
        using var message = new HttpRequestMessage(HttpMethod.Delete, Address);
        message.Headers.TryAddWithoutValidation("Authorization", "Bearer t");

        using var response = await client.SendAsync(message);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(4, requests.Count);
        Assert.Equal(requests[0], requests[2]);
        Assert.StartsWith("DELETE / Bearer t", requests[2], StringComparison.Ordinal);
        Assert.Equal("/elsewhere", response.RequestMessage?.RequestUri?.AbsolutePath);
    }

    [Fact]
    public async Task IsRepeatedOverHttp2_WhenTheRequestAsksForIt()
    {
        var protocols = new List<string>();
        await using var server = await LoopbackServer.StartAsync(
            (request, context) =>
            {
                protocols.Add(context.Request.Protocol);
                return ResetOrAnswerAsync(request, context, when: null);
            },
            HttpProtocols.Http2);
        using var client = server.Client();
        client.DefaultRequestVersion = HttpVersion.Version20;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;

        Assert.Equal("whole", await client.GetStringAsync(Address));
        Assert.Equal(["HTTP/2", "HTTP/2"], protocols);
    }

    private static async Task ResetOrAnswerAsync(int request, HttpContext context, Task? when)
    {
        if (request > 1)
        {
            await context.Response.WriteAsync("whole");
            return;
        }

        if (when is not null)
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            await when;
        }

        context.Abort();
    }

    private static Task RefuseAsync(HttpContext context, int status, string form, TimeSpan delay)
    {
        var now = DateTimeOffset.UtcNow;
        context.Response.StatusCode = status;
        context.Response.Headers.Date = now.ToString("R", CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = form == "seconds"
            ? ((int)delay.TotalSeconds).ToString(CultureInfo.InvariantCulture)
            : (now + delay).ToString(form, CultureInfo.InvariantCulture).Replace("  ", " ", StringComparison.Ordinal);
        if (form.StartsWith("ddd MMM", StringComparison.Ordinal) && (now + delay).Day < 10)
            context.Response.Headers.RetryAfter = (now + delay).ToString("ddd MMM  d HH:mm:ss yyyy", CultureInfo.InvariantCulture);
        return context.Response.WriteAsync("busy");
    }

    private static async Task WaitForAbortAsync(HttpContext context)
    {
        var aborted = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(aborted.SetResult);
        await aborted.Task;
    }
}
