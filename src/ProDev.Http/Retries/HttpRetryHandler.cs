using System.Runtime.CompilerServices;
using ProDev.Retry;

namespace ProDev.Http;

/// <summary>Sends a request, and sends it again. All that outlives a call is in its <see cref="HttpRetryClient"/>.</summary>
internal sealed class HttpRetryHandler(HttpRetryClient client) : DelegatingHandler
{
    // A failure's body that is this short is read while the attempt lasts, so that its connection is free during the delay. What is longer is dropped with the response.
    private const long ShortBody = 16 * 1024;

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

    internal ValueTask<HttpResponseMessage> AttemptAsync(RequestReplay replay, bool isRepeatable, CancellationToken cancellationToken)
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
        return ReadAsync(sending, request, readsAll, isRepeatable, cancellationToken);
    }

    internal HttpResponseMessage Attempt(RequestReplay replay, CancellationToken cancellationToken)
    {
        var request = replay.Next();
        var response = base.Send(request, cancellationToken);
        response.RequestMessage ??= request;
        return response;
    }

    private static bool MayHaveContent(HttpMethod method) => method != HttpMethod.Get && method != HttpMethod.Head;

    private static bool HasShortBody(HttpResponseMessage response) => response.Content.Headers.ContentLength is > 0 and <= ShortBody;

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
        mustBuffer = !HttpRetryRequest.IsRefusedBy(request) && ContentBuffering.IsWorthTrying(request.Content, client.MaxBufferedContent);
        return (false, null);
    }

    private bool IsRetried(HttpResponseMessage response)
    {
        try
        {
            return client.IsRetried(response);
        }
        catch (Exception)
        {
            // The policy asks again, tells what the judge threw, and disposes the response.
            return false;
        }
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
        var replay = new RequestReplay(request, isRepeatable, factory, client.AttemptHeaders());
        return (isRepeatable ? policies.Retrying : policies.Once, new SendOperation(this, replay, isRepeatable), replay);
    }

    /// <summary>Ends the policy's task, which is awaited once, and answers with the one that it came from.</summary>
    private static Task<HttpResponseMessage> Take(ValueTask<HttpResponseMessage> call, Task<HttpResponseMessage> finished)
    {
        _ = call.Result;
        return finished;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<HttpResponseMessage> ReadAsync(
        ValueTask<HttpResponseMessage> sending, HttpRequestMessage request, bool readsAll, bool isRepeatable, CancellationToken cancellationToken)
    {
        var response = await sending.ConfigureAwait(false);

        // By it a failure finds the request's options.
        response.RequestMessage ??= request;
        if (readsAll)
            await ReadAllAsync(response, cancellationToken).ConfigureAwait(false);
        else if (isRepeatable && HasShortBody(response) && IsRetried(response))
            await FreeConnectionAsync(response, cancellationToken).ConfigureAwait(false);
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

    private static async Task FreeConnectionAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // The status and Retry-After are there and count; whoever reads the body meets the same failure.
        }
    }
}
