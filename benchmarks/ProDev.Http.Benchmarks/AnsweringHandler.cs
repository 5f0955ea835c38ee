using System.Net;

namespace ProDev.Http.Benchmarks;

/// <summary>The end of the line: one answer for all requests, there at once, so that nothing but the handlers above is measured.</summary>
internal sealed class AnsweringHandler : HttpMessageHandler
{
    private readonly Task<HttpResponseMessage> _answer = Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _answer;
}
