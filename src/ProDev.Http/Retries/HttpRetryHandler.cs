using System.Runtime.CompilerServices;
using ProDev.Retry;

namespace ProDev.Http;

/// <summary>Sends a request, and sends it again. All that outlives a call is in its <see cref="HttpRetryClient"/>.</summary>
internal sealed class HttpRetryHandler(HttpRetryClient client) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (isRepeatable, factory) = Prepare(request, out var mustBuffer);
        if (mustBuffer)
            return BufferAndSendAsync(request, cancellationToken);
        var (policy, operation, replay) = Call(request, isRepeatable, factory);
        var call = policy.ExecuteAsync<SendOperation, HttpResponseMessage>(operation, cancellationToken);

        // What is there at once has a task already: the inner handler's.
        return call.IsCompletedSuccessfully && replay.Finished is { } finished ? Take(call, finished) : call.AsTask();
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (isRepeatable, factory) = Prepare(request, out var mustBuffer);
        if (mustBuffer)
            isRepeatable = ContentBuffering.TryBuffer(request, client.MaxBufferedContent, cancellationToken);
        var (policy, operation, _) = Call(request, isRepeatable, factory);
        return policy.Execute<SendOperation, HttpResponseMessage>(operation, cancellationToken);
    }

    internal ValueTask<HttpResponseMessage> AttemptAsync(RequestReplay replay, CancellationToken cancellationToken)
    {
        var request = replay.Next();
        var task = base.SendAsync(request, cancellationToken);
        var sending = new ValueTask<HttpResponseMessage>(task);
        var readsAll = client.ReadsResponseOf(request);
        if (sending.IsCompletedSuccessfully && !readsAll && sending.Result.IsSuccessStatusCode)
        {
            replay.Finished = task;
            return sending;
        }

        replay.Finished = null;
        return ReadAsync(sending, request, replay, readsAll, cancellationToken);
    }

    internal HttpResponseMessage Attempt(RequestReplay replay, CancellationToken cancellationToken)
    {
        var request = replay.Next();
        var response = base.Send(request, cancellationToken);
        response.RequestMessage ??= request;
        return response;
    }

    private static bool MayHaveContent(HttpMethod method) => method != HttpMethod.Get && method != HttpMethod.Head;

    private (bool IsRepeatable, Func<HttpContent>? Factory) Prepare(HttpRequestMessage request, out bool mustBuffer)
    {
        mustBuffer = false;
        if (!client.IsRetried(request))
            return (false, null);
        if (request.Content is null && !MayHaveContent(request.Method))
            return (true, null);
        if (request.Options.TryGetValue(HttpRetryRequest.ContentFactory, out var factory) && factory is not null)
            return (true, factory);
        if (request.Content is null || InMemoryContent.Allows(request.Content))
            return (true, null);
        mustBuffer = ContentBuffering.IsWorthTrying(request.Content, client.MaxBufferedContent);
        return (false, null);
    }

    private async Task<HttpResponseMessage> BufferAndSendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isRepeatable = await ContentBuffering.TryBufferAsync(request, client.MaxBufferedContent, cancellationToken).ConfigureAwait(false);
        var (policy, operation, _) = Call(request, isRepeatable, factory: null);
        return await policy.ExecuteAsync<SendOperation, HttpResponseMessage>(operation, cancellationToken).ConfigureAwait(false);
    }

    private (RetryPolicy Policy, SendOperation Operation, RequestReplay Replay) Call(
        HttpRequestMessage request, bool isRepeatable, Func<HttpContent>? factory)
    {
        var policies = client.PoliciesFor(request.RequestUri);
        var policy = isRepeatable ? policies.Retrying : policies.Once;
        var replay = new RequestReplay(request, policy, factory, client.AttemptHeaders(policy));
        return (policy.Policy, new SendOperation(this, replay), replay);
    }

    /// <summary>Ends the policy's task, which is awaited once, and answers with the one that it came from.</summary>
    private static Task<HttpResponseMessage> Take(ValueTask<HttpResponseMessage> call, Task<HttpResponseMessage> finished)
    {
        _ = call.Result;
        return finished;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<HttpResponseMessage> ReadAsync(
        ValueTask<HttpResponseMessage> sending, HttpRequestMessage request, RequestReplay replay, bool readsAll, CancellationToken cancellationToken)
    {
        var response = await sending.ConfigureAwait(false);

        // By it a judge knows what failed.
        response.RequestMessage ??= request;
        if (readsAll)
            await ReadAllAsync(response, cancellationToken).ConfigureAwait(false);
        else if (replay.MayFollow && ShortBody.IsIn(response) && client.IsRetried(response))
            await ShortBody.ReadAsync(response, replay.Policy.Time, cancellationToken).ConfigureAwait(false);
        return response;
    }

    private static async Task ReadAllAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
