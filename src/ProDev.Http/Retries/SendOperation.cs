using System.Runtime.InteropServices;
using ProDev.Retry;

namespace ProDev.Http;

/// <summary>One attempt, as the policy calls it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct SendOperation(HttpRetryHandler handler, RequestReplay replay, bool isRepeatable)
    : IRetryOperation<HttpResponseMessage>, ISyncRetryOperation<HttpResponseMessage>
{
    /// <summary>Gets the caller's request.</summary>
    public HttpRequestMessage Request => replay.Original;

    public ValueTask<HttpResponseMessage> InvokeAsync(CancellationToken cancellationToken) =>
        handler.AttemptAsync(replay, isRepeatable, cancellationToken);

    public HttpResponseMessage Invoke(CancellationToken cancellationToken) => handler.Attempt(replay, cancellationToken);
}
