using System.Net;
using System.Security.Authentication;

namespace ProDev.Http.Tests;

public sealed class OutcomeTests
{
    [Theory]
    [InlineData(408, 3)]
    [InlineData(429, 3)]
    [InlineData(500, 3)]
    [InlineData(502, 3)]
    [InlineData(503, 3)]
    [InlineData(504, 3)]
    [InlineData(200, 1)]
    [InlineData(301, 1)]
    [InlineData(400, 1)]
    [InlineData(404, 1)]
    [InlineData(409, 1)]
    [InlineData(501, 1)]
    [InlineData(505, 1)]
    public async Task IsRepeated_OnlyWhenTheStatusMayPass(int status, int attempts)
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers((HttpStatusCode)status, "body"));
        using var client = new TestClient(server);

        using var response = await client.Http.GetAsync(new Uri("x", UriKind.Relative));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("body", await response.Content.ReadAsStringAsync());
        Assert.Equal(attempts, server.Attempts);
    }

    public static TheoryData<Exception, int> Failures() => new()
    {
        { new HttpRequestException("reset"), 3 },
        { new HttpRequestException(HttpRequestError.NameResolutionError), 3 },
        { new HttpRequestException(HttpRequestError.SecureConnectionError, "broke off", new IOException()), 3 },
        { new HttpRequestException("busy", inner: null, HttpStatusCode.ServiceUnavailable), 3 },
        { new HttpIOException(HttpRequestError.ResponseEnded), 3 },
        { new TimeoutException(), 3 },
        { new TaskCanceledException("connect", new TimeoutException()), 3 },
        { new HttpRequestException(HttpRequestError.SecureConnectionError, "not trusted", new AuthenticationException()), 1 },
        { new HttpRequestException(HttpRequestError.UserAuthenticationError), 1 },
        { new HttpRequestException("gone", inner: null, HttpStatusCode.Gone), 1 },
        { new InvalidOperationException(), 1 },
        { new OperationCanceledException(), 1 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task IsRepeated_OnlyWhenTheFailureMayPass(Exception failure, int attempts)
    {
        var server = new ScriptedHandler(ScriptedHandler.Throws(failure));
        using var client = new TestClient(server);
        using var invoker = client.Handlers();
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://a.example/x");

        var thrown = await Record.ExceptionAsync(() => invoker.SendAsync(request, CancellationToken.None));

        Assert.Same(failure, thrown);
        Assert.Equal(attempts, server.Attempts);
    }

    [Fact]
    public async Task ReturnsTheLastResponse_WhenALaterAttemptSucceeds()
    {
        var server = new ScriptedHandler(
            ScriptedHandler.Throws(new HttpRequestException("reset")),
            ScriptedHandler.Answers(HttpStatusCode.BadGateway),
            ScriptedHandler.Answers(HttpStatusCode.OK, "at last"));
        using var client = new TestClient(server);

        Assert.Equal("at last", await client.Http.GetStringAsync(new Uri("x", UriKind.Relative)));
    }

    [Fact]
    public async Task DisposesAResponse_OnlyWhenAnotherAttemptFollows()
    {
        var bodies = new List<HttpResponseMessage>();
        var server = new ScriptedHandler((request, _) =>
        {
            bodies.Add(ScriptedHandler.Response(request, HttpStatusCode.InternalServerError, "body"));
            return Task.FromResult(bodies[^1]);
        });
        using var client = new TestClient(server);

        using var response = await client.Http.GetAsync(new Uri("x", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal("body", await response.Content.ReadAsStringAsync());
        Assert.Same(bodies[2], response);
        Assert.All(bodies.Take(2), superseded => Assert.Throws<ObjectDisposedException>(() => superseded.Content.ReadAsStream()));
    }

    [Fact]
    public async Task IsNotRepeated_WhenTheCallerCancels()
    {
        using var caller = new CancellationTokenSource();
        var server = new ScriptedHandler((_, _) =>
        {
            caller.Cancel();
            return Task.FromException<HttpResponseMessage>(new HttpRequestException("reset"));
        });
        using var client = new TestClient(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Http.GetAsync(new Uri("x", UriKind.Relative), caller.Token));

        Assert.Equal(1, server.Attempts);
    }

    [Fact]
    public async Task AsksTheJudges_WhenThereAreSome()
    {
        var server = new ScriptedHandler(
            ScriptedHandler.Answers(HttpStatusCode.Locked), ScriptedHandler.Throws(new InvalidOperationException()), ScriptedHandler.Answers(HttpStatusCode.OK));
        using var client = new TestClient(server, o =>
        {
            o.JudgeResponse = static response => response.StatusCode == HttpStatusCode.Locked;
            o.JudgeException = static failed => failed.Exception is InvalidOperationException;
        });

        using var response = await client.Http.GetAsync(new Uri("x", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(3, server.Attempts);
    }

    [Fact]
    public void IsRepeated_WhenTheRequestIsSynchronous()
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable), ScriptedHandler.Answers(HttpStatusCode.OK, "at last"));
        using var client = new TestClient(server);
        using var request = new HttpRequestMessage(HttpMethod.Put, "x") { Content = new StreamContent(new OneTimeStream("stream")) };

        using var response = client.Http.Send(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["stream", "stream"], server.Sent.Select(sent => sent.Body));
    }
}
