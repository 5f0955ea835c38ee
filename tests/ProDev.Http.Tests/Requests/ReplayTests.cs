using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace ProDev.Http.Tests;

public sealed class ReplayTests
{
    private readonly ScriptedHandler _server = new(ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable));

    public static TheoryData<string> Contents() => ["string", "bytes", "form", "json", "stream", "multipart", "memory"];

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task IsSentWhole_ForEachAttempt(string kind)
    {
        using var content = Content(kind);
        using var client = new TestClient(_server);
        using var request = new HttpRequestMessage(HttpMethod.Put, "x") { Content = content };
        content.Headers.ContentLanguage.Add("pl");

        using var response = await client.Http.SendAsync(request);

        Assert.Equal(3, _server.Attempts);
        Assert.Contains("Łódź", Uri.UnescapeDataString(_server.Sent[0].Body!), StringComparison.Ordinal);
        Assert.All(_server.Sent, sent => Assert.Equal(_server.Sent[0].Body, sent.Body));
        Assert.All(_server.Sent, sent => Assert.Equal("pl", sent.Header("Content-Language")));
        Assert.All(_server.Sent, sent => Assert.Equal(content.Headers.ContentType?.ToString(), sent.Header("Content-Type")));
    }

    [Fact]
    public async Task IsANewMessageWithAllThatTheCallerSet_ForEachFurtherAttempt()
    {
        using var client = new TestClient(_server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "x?q=1") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "t");
        request.Headers.TryAddWithoutValidation("X-Many", ["a", "b, c"]);
        var key = new HttpRequestOptionsKey<string>("mine");
        request.Options.Set(key, "kept");

        using var response = await client.Http.SendAsync(request);

        Assert.Same(request, _server.Sent[0].Message);
        Assert.Equal(3, _server.Sent.Select(sent => sent.Message).Distinct().Count());
        Assert.Same(_server.Sent[2].Message, response.RequestMessage);
        Assert.All(_server.Sent, sent =>
        {
            Assert.Equal(new Uri("https://a.example/x?q=1"), sent.Uri);
            Assert.Equal(HttpVersion.Version20, sent.Message.Version);
            Assert.Equal(HttpVersionPolicy.RequestVersionExact, sent.Message.VersionPolicy);
            Assert.Equal("Bearer t", sent.Header("Authorization"));
            Assert.Equal(["a", "b, c"], sent.Message.Headers.GetValues("X-Many"));
            Assert.True(sent.Message.Options.TryGetValue(key, out var value) && value == "kept");
        });
    }

    [Fact]
    public async Task ForgetsWhatHandlersDidToTheMessage_ForEachFurtherAttempt()
    {
        // What a redirect and tracing do.
        var server = new ScriptedHandler((request, _) =>
        {
            request.Method = HttpMethod.Get;
            request.RequestUri = new Uri("https://elsewhere.example/");
            request.Headers.Authorization = null;
            request.Headers.Add("traceparent", "00-1-1-00");
            request.Content = null;
            return Task.FromResult(ScriptedHandler.Response(request, HttpStatusCode.BadGateway));
        });
        using var client = new TestClient(server);
        using var request = new HttpRequestMessage(HttpMethod.Put, "x") { Content = new StringContent("body") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "t");

        using var response = await client.Http.SendAsync(request);

        Assert.Equal(3, server.Attempts);
        Assert.All(server.Sent, sent =>
        {
            Assert.Equal(HttpMethod.Put, sent.Method);
            Assert.Equal(new Uri("https://a.example/x"), sent.Uri);
            Assert.Equal("Bearer t", sent.Header("Authorization"));
            Assert.Null(sent.Header("traceparent"));
            Assert.Equal("body", sent.Body);
        });
    }

    [Theory]
    [InlineData(100, 3)]
    [InlineData(99, 1)]
    public async Task IsSentOnceAndWhole_WhenAStreamIsLongerThanMayBeKept(int limit, int attempts)
    {
        var text = new string('x', 100);
        using var client = new TestClient(_server, o => o.MaxBufferedContent = limit);

        using var response = await client.Http.PutAsync(new Uri("x", UriKind.Relative), new StreamContent(new OneTimeStream(text)));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(attempts, _server.Attempts);
        Assert.All(_server.Sent, sent => Assert.Equal(text, sent.Body));
    }

    [Fact]
    public async Task IsSentOnceAndUntouched_WhenItsLengthIsKnownAndTooLong()
    {
        using var client = new TestClient(_server, o => o.MaxBufferedContent = 3);
        using var content = new StreamContent(new MemoryStream("long"u8.ToArray()));

        using var response = await client.Http.PutAsync(new Uri("x", UriKind.Relative), content);

        Assert.Equal(1, _server.Attempts);
        Assert.Same(content, _server.Sent[0].Message.Content);
    }

    [Fact]
    public async Task IsSentOnce_WhenAContentOfUnknownKindDoesNotTellItsLength()
    {
        using var client = new TestClient(_server);

        using var response = await client.Http.PutAsync(new Uri("x", UriKind.Relative), new PushedContent());

        Assert.Equal(1, _server.Attempts);
        Assert.Equal("pushed", _server.Sent[0].Body);
    }

    [Fact]
    public async Task IsMadeAnewForEachAttempt_WhenThereIsAFactory()
    {
        var made = new List<TrackedContent>();
        using var client = new TestClient(_server, o => o.MaxBufferedContent = 0);
        using var request = new HttpRequestMessage(HttpMethod.Put, "x");
        request.Options.Set(HttpRetryRequest.ContentFactory, () =>
        {
            made.Add(new TrackedContent("from a factory"));
            return made[^1];
        });

        using var response = await client.Http.SendAsync(request);

        Assert.Equal(3, made.Count);
        Assert.All(_server.Sent, sent => Assert.Equal("from a factory", sent.Body));
        Assert.True(made[1].IsDisposed);
        Assert.False(made[2].IsDisposed);
    }

    [Fact]
    public async Task DisposesTheCallersStream_WhenTheCallerDisposesTheRequest()
    {
        var stream = new OneTimeStream("x");
        using var client = new TestClient(_server);
        var request = new HttpRequestMessage(HttpMethod.Put, "x") { Content = new StreamContent(stream) };

        using var response = await client.Http.SendAsync(request);
        Assert.False(stream.IsDisposed);
        request.Dispose();

        Assert.True(stream.IsDisposed);
    }

    private static HttpContent Content(string kind) => kind switch
    {
        "string" => new StringContent("Łódź"),
        "bytes" => new ByteArrayContent("Łódź"u8.ToArray()),
        "memory" => new ReadOnlyMemoryContent("Łódź"u8.ToArray()),
        "form" => new FormUrlEncodedContent([new("city", "Łódź")]),
        "json" => JsonContent.Create(new { city = "Łódź" }, options: new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }),
        "stream" => new StreamContent(new OneTimeStream("Łódź")),
        _ => new MultipartFormDataContent { { new StreamContent(new OneTimeStream("Łódź")), "city" }, { new StringContent("PL"), "country" } },
    };

    private sealed class TrackedContent(string text) : StringContent(text)
    {
        public bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }

    private sealed class PushedContent : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync("pushed"u8.ToArray()).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
