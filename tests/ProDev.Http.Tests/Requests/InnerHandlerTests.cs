using System.Net;

namespace ProDev.Http.Tests;

/// <summary>What handlers beneath do to the content of an attempt.</summary>
public sealed class InnerHandlerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DoesNotGetTheContentHeadersOfTheAttemptBefore_WhenAnInnerHandlerAddedThem(bool isStream)
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable));
        using var inner = new Signing(server);
        using var client = new TestClient(inner);
        using HttpContent content = isStream ? new StreamContent(new OneTimeStream("a")) : new StringContent("a");

        using var response = await client.Http.PutAsync(new Uri("x", UriKind.Relative), content);

        Assert.Equal(["1", "2", "3"], server.Sent.Select(sent => sent.Header("X-Signature")));
    }

    [Fact]
    public async Task DoesNotGetTheOptionsOfTheAttemptBefore_WhenAnInnerHandlerSetThem()
    {
        var (mine, theirs) = (new HttpRequestOptionsKey<string>("mine"), new HttpRequestOptionsKey<int>("theirs"));
        var seen = new List<(string? Mine, int Theirs)>();
        var server = new ScriptedHandler((request, _) =>
        {
            seen.Add((request.Options.TryGetValue(mine, out var own) ? own : null, request.Options.TryGetValue(theirs, out var other) ? other : 0));
            request.Options.Set(mine, "changed");
            request.Options.Set(theirs, seen.Count);
            return Task.FromResult(ScriptedHandler.Response(request, HttpStatusCode.ServiceUnavailable, "short"));
        });
        using var client = new TestClient(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "x");
        request.Options.Set(mine, "kept");

        using var response = await client.Http.SendAsync(request);

        Assert.Equal(Enumerable.Repeat<(string?, int)>(("kept", 0), 3), seen);
    }

    [Fact]
    public async Task LeavesTheOptionsUnmade_WhenNobodySetsSome()
    {
        using var client = new TestClient(new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable), ScriptedHandler.Answers(HttpStatusCode.OK)));
        using var request = new HttpRequestMessage(HttpMethod.Get, "x");

        using var response = await client.Http.SendAsync(request);

        Assert.Null(RequestOptions.Of(request));
        Assert.Null(RequestOptions.Of(response.RequestMessage!));
        Assert.Same(request.Options, RequestOptions.Of(request));
    }

    [Fact]
    public async Task FailsInsteadOfSendingHalf_WhenAContentThatWasTooLongToKeepIsSentTwice()
    {
        using var inner = new SendsTwice();
        using var client = new TestClient(inner, o => o.MaxBufferedContent = 3);
        using var content = new StreamContent(new OneTimeStream("longer than that"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.Http.PutAsync(new Uri("x", UriKind.Relative), content));

        Assert.Equal("longer than that", inner.First);
    }

    private sealed class Signing(HttpMessageHandler next) : DelegatingHandler(next)
    {
        private int _sent;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Content!.Headers.Add("X-Signature", $"{++_sent}");
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>As a redirect does that keeps the method.</summary>
    private sealed class SendsTwice : HttpMessageHandler
    {
        public string? First { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var first = new MemoryStream();
            await request.Content!.CopyToAsync(first, cancellationToken);
            First = System.Text.Encoding.UTF8.GetString(first.ToArray());
            await request.Content.CopyToAsync(Stream.Null, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK);
        }
    }
}
