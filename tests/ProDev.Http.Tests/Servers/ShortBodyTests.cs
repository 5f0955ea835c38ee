using System.Net;
using Microsoft.AspNetCore.Http;

namespace ProDev.Http.Tests;

/// <summary>The bodies of failures that a retry may replace: short ones that stall or break off, and long ones.</summary>
public sealed class ShortBodyTests
{
    private static readonly Uri Address = new("/", UriKind.Relative);

    private readonly SignallingTimeProvider _time = new();
    private readonly TaskCompletionSource _isAborted = new();
    private readonly TaskCompletionSource _isToGoOn = new();

    [Fact]
    public async Task IsGivenUpWithItsConnection_WhenItStallsAndARetryFollows()
    {
        await using var server = await LoopbackServer.StartAsync((request, context) => request == 1 ? StallAsync(context) : context.Response.WriteAsync("whole"));
        using var client = server.Client(o => o.AttemptTimeout = null, _time);

        var call = client.GetStringAsync(Address);
        await _time.TimerIsSet();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("whole", await call);
        await _isAborted.Task;
        Assert.Equal(2, server.Connections.Distinct().Count());
    }

    [Fact]
    public async Task IsTheCallersToWaitFor_WhenItStallsAndNoRetryFollows()
    {
        await using var server = await LoopbackServer.StartAsync((_, context) => StallAsync(context, retryAfter: "60"));
        using var client = server.Client(o => o.AttemptTimeout = null, _time);

        var call = client.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead);
        await _time.TimerIsSet();
        _time.Advance(TimeSpan.FromSeconds(1));
        using var response = await call;
        var body = response.Content.ReadAsStringAsync();
        _isToGoOn.SetResult();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("halfhalf", await body);
        Assert.Equal(8, response.Content.Headers.ContentLength);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task IsNotWaitedFor_WhenTheAttemptIsTheLast()
    {
        await using var server = await LoopbackServer.StartAsync((_, context) => StallAsync(context));
        using var client = server.Client(o => (o.AttemptTimeout, o.MaxAttempts) = (null, 2), _time);

        var call = client.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead);
        await _time.TimerIsSet();
        _time.Advance(TimeSpan.FromSeconds(1));
        using var response = await call;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task FailsAsAnyBodyDoes_WhenItBreaksOffAndNoRetryFollows()
    {
        LoopbackServer? started = null;
        await using var server = await LoopbackServer.StartAsync(async (_, context) =>
        {
            await BeginAsync(context, retryAfter: "60");
            await started!.HeadersArrived.Task;
            context.Abort();
        });
        started = server;
        using var client = server.Client();

        using var response = await client.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData(16 * 1024, true)]
    [InlineData((16 * 1024) + 1, true)]
    [InlineData(3 * 1024 * 1024, true)]
    [InlineData(3 * 1024 * 1024, false)]
    public async Task IsReplaced_WhateverItsLength(int length, bool isTold)
    {
        await using var server = await LoopbackServer.StartAsync(async (request, context) =>
        {
            context.Response.StatusCode = request < 3 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            context.Response.ContentLength = isTold ? length : null;
            try
            {
                await context.Response.Body.WriteAsync(new byte[length], context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                // The client gave the connection up.
            }
        });
        using var client = server.Client();

        Assert.Equal(length, (await client.GetByteArrayAsync(Address)).Length);
        Assert.Equal(3, server.Requests);
    }

    private static async Task BeginAsync(HttpContext context, string? retryAfter)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = retryAfter;
        context.Response.ContentLength = 8;
        await context.Response.WriteAsync("half");
        await context.Response.Body.FlushAsync();
    }

    private async Task StallAsync(HttpContext context, string? retryAfter = null)
    {
        await BeginAsync(context, retryAfter);
        await using var registration = context.RequestAborted.Register(() => _isAborted.TrySetResult());
        await Task.WhenAny(_isAborted.Task, _isToGoOn.Task);
        if (!context.RequestAborted.IsCancellationRequested)
            await context.Response.WriteAsync("half");
    }
}
