using System.Net;

namespace ProDev.Http.Tests;

public sealed class JudgeAndKeyTests
{
    [Fact]
    public async Task DisposesTheResponse_WhenItsJudgeThrows()
    {
        var content = new WatchedContent();
        var server = new ScriptedHandler((request, _) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { RequestMessage = request, Content = content }));
        using var client = new TestClient(server, o => o.JudgeResponse = _ => throw new FormatException("judge"));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => client.Http.GetAsync(new Uri("x", UriKind.Relative)));

        Assert.IsType<FormatException>(exception.InnerException);
        Assert.True(content.IsDisposed);
        Assert.Equal(1, server.Attempts);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, 3)]
    [InlineData(HttpStatusCode.NotFound, 1)]
    [InlineData(HttpStatusCode.OK, 1)]
    public async Task JudgesEachResponseOnce_WhenItsBodyIsShort(HttpStatusCode status, int attempts)
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(status, "short"));
        var judged = new List<HttpResponseMessage>();
        using var client = new TestClient(server, o => o.JudgeResponse = response =>
        {
            judged.Add(response);
            return response.StatusCode == HttpStatusCode.ServiceUnavailable;
        });

        using var response = await client.Http.GetAsync(new Uri("x", UriKind.Relative));

        Assert.Equal(attempts, server.Attempts);
        Assert.Equal(attempts, judged.Count);
        Assert.Equal(attempts, judged.Distinct().Count());
        Assert.Empty(response.RequestMessage!.Options);
    }

    [Fact]
    public async Task JudgesOnce_WhenTheJudgeThrows()
    {
        var calls = 0;
        using var client = new TestClient(new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable, "short")), o => o.JudgeResponse = _ =>
        {
            calls++;
            throw new FormatException("judge");
        });

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => client.Http.GetAsync(new Uri("x", UriKind.Relative)));

        Assert.IsType<FormatException>(exception.InnerException);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task IsSentOnce_WhenAPolicyIsConfiguredAndTheRequestIsNotToBeRepeated()
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable));
        using var client = new TestClient(server, o => o.ConfigurePolicy = policy => policy.MaxAttempts = 5);

        using var posted = await client.Http.PostAsync(new Uri("x", UriKind.Relative), content: null);
        Assert.Equal(1, server.Attempts);
        using var got = await client.Http.GetAsync(new Uri("x", UriKind.Relative));

        Assert.Equal(6, server.Attempts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetsAKey_WhenKeysAreAddedAndSomethingElseAllowsTheRetries(bool byRequest)
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable));
        using var client = new TestClient(server, o =>
        {
            o.AddIdempotencyKey = true;
            if (!byRequest)
                o.Methods.Add(HttpMethod.Post);
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "x") { Content = new StringContent("a") };
        if (byRequest)
            request.Options.Set(HttpRetryRequest.Retry, true);

        using var response = await client.Http.SendAsync(request);

        var key = Assert.Single(server.Sent.Select(sent => sent.Header("Idempotency-Key")).Distinct());
        Assert.True(Guid.TryParse(key, out _));
        Assert.Equal(3, server.Attempts);
    }

    private sealed class WatchedContent() : ByteArrayContent([1, 2, 3])
    {
        public bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
