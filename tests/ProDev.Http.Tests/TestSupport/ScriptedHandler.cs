using System.Net;

namespace ProDev.Http.Tests;

/// <summary>The end of the line: plays one step for each request, and the last one for all that follow.</summary>
internal sealed class ScriptedHandler(params Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>[] steps) : HttpMessageHandler
{
    private readonly List<SentRequest> _sent = [];

    public IReadOnlyList<SentRequest> Sent => _sent;

    public int Attempts => _sent.Count;

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answers(
        HttpStatusCode status, string? body = null, params (string Name, string Value)[] headers) =>
        (request, _) => Task.FromResult(Response(request, status, body, headers));

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Throws(Exception exception) =>
        (_, _) => Task.FromException<HttpResponseMessage>(exception);

    /// <summary>Never answers; ends when it is cancelled.</summary>
    public static async Task<HttpResponseMessage> Hangs(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        throw new InvalidOperationException("Nobody waits this long.");
    }

    public static HttpResponseMessage Response(
        HttpRequestMessage request, HttpStatusCode status, string? body = null, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(status) { RequestMessage = request };
        if (body is not null)
            response.Content = new StringContent(body);
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _sent.Add(await SentRequest.NoteAsync(request, cancellationToken));
        return await Step()(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        request.Content?.CopyTo(body, context: null, cancellationToken);
        _sent.Add(SentRequest.Note(request, request.Content is null ? null : System.Text.Encoding.UTF8.GetString(body.ToArray())));
        return Step()(request, cancellationToken).GetAwaiter().GetResult();
    }

    private Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Step() => steps[Math.Min(_sent.Count, steps.Length) - 1];
}
