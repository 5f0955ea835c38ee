using System.Runtime.InteropServices;
using ProDev.Retry;

namespace ProDev.Http;

/// <summary>One attempt, as the policy calls it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct SendOperation(HttpRetryHandler handler, RequestReplay replay)
    : IRetryOperation<HttpResponseMessage>, ISyncRetryOperation<HttpResponseMessage>
{
    public ValueTask<HttpResponseMessage> InvokeAsync(CancellationToken cancellationToken) =>
        handler.AttemptAsync(replay, cancellationToken);

    public HttpResponseMessage Invoke(CancellationToken cancellationToken) => handler.Attempt(replay, cancellationToken);
}
