using System.Net;

namespace ProDev.Http.Tests;

public sealed class MethodTests
{
    [Theory]
    [InlineData("GET", 3)]
    [InlineData("HEAD", 3)]
    [InlineData("OPTIONS", 3)]
    [InlineData("TRACE", 3)]
    [InlineData("PUT", 3)]
    [InlineData("DELETE", 3)]
    [InlineData("POST", 1)]
    [InlineData("PATCH", 1)]
    [InlineData("CONNECT", 1)]
    [InlineData("QUERY", 1)]
    public async Task IsRepeated_OnlyWhenTheMethodIsIdempotent(string method, int attempts)
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable));
        using var client = new TestClient(server);
        using var request = new HttpRequestMessage(new HttpMethod(method), "x");

        using var response = await client.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(attempts, server.Attempts);
    }

    [Theory]
    [InlineData("7f3a", 3)]
    [InlineData(" ", 1)]
    public async Task IsRepeatedWithTheSameKey_WhenAPostHasAnIdempotencyKey(string key, int attempts)
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable));
        using var client = new TestClient(server);
        using var request = Post();
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);

        using var response = await client.Http.SendAsync(request);

        Assert.Equal(attempts, server.Attempts);
        Assert.All(server.Sent, sent => Assert.Equal(key.Trim(), sent.Header("Idempotency-Key")?.Trim()));
    }

    [Fact]
    public async Task GetsOneKeyForAllAttempts_WhenKeysAreAdded()
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable));
        using var client = new TestClient(server, o => o.AddIdempotencyKey = true);

        using var first = await client.Http.SendAsync(Post());
        using var second = await client.Http.SendAsync(Post());

        Assert.Equal(6, server.Attempts);
        var keys = server.Sent.Select(sent => sent.Header("Idempotency-Key")).Distinct().ToList();
        Assert.Equal(2, keys.Count);
        Assert.All(keys, key => Assert.True(Guid.TryParse(key, out _)));
    }

    [Fact]
    public async Task IsRepeated_WhenTheMethodWasAdded()
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable));
        using var client = new TestClient(server, o => o.Methods.Add(HttpMethod.Post));

        using var response = await client.Http.SendAsync(Post());

        Assert.Equal(3, server.Attempts);
    }

    [Theory]
    [InlineData("POST", true, 3)]
    [InlineData("GET", false, 1)]
    [InlineData("PUT", false, 1)]
    public async Task Obeys_WhenTheRequestSaysWhetherItMayBeRepeated(string method, bool isRetried, int attempts)
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable));
        using var client = new TestClient(server);
        using var request = new HttpRequestMessage(new HttpMethod(method), "x") { Content = method == "GET" ? null : new StringContent("a") };
        request.Options.Set(HttpRetryRequest.Retry, isRetried);

        using var response = await client.Http.SendAsync(request);

        Assert.Equal(attempts, server.Attempts);
    }

    [Fact]
    public async Task ThrowsAtOnce_WhenARequestThatRefusesRetriesFails()
    {
        var server = new ScriptedHandler(ScriptedHandler.Throws(new HttpRequestException("down")));
        using var client = new TestClient(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "x");
        request.Options.Set(HttpRetryRequest.Retry, false);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.Http.SendAsync(request));

        Assert.Equal(1, server.Attempts);
    }

    private static HttpRequestMessage Post() => new(HttpMethod.Post, "x") { Content = new StringContent("a") };
}
