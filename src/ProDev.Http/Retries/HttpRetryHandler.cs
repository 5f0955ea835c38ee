using System.Runtime.CompilerServices;

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
        return mustBuffer
            ? BufferAndSendAsync(request, cancellationToken)
            : SendAsync(request, isRepeatable, factory, cancellationToken).AsTask();
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (isRepeatable, factory) = Prepare(request, out var mustBuffer);
        if (mustBuffer)
            isRepeatable = ContentBuffering.TryBuffer(request, client.MaxBufferedContent, cancellationToken);
        var policies = client.PoliciesFor(request.RequestUri);
        var replay = new RequestReplay(request, isRepeatable, factory, client.AttemptHeaders());
        return (isRepeatable ? policies.Retrying : policies.Once)
            .Execute<SendOperation, HttpResponseMessage>(new SendOperation(this, replay, isRepeatable), cancellationToken);
    }

    internal ValueTask<HttpResponseMessage> AttemptAsync(RequestReplay replay, bool isRepeatable, CancellationToken cancellationToken)
    {
        var request = replay.Next();
        var sending = new ValueTask<HttpResponseMessage>(base.SendAsync(request, cancellationToken));
        var readsAll = client.ReadsResponseOf(request);
        if (sending.IsCompletedSuccessfully && !readsAll)
        {
            var response = sending.Result;
            if (!isRepeatable || !HasShortBody(response) || !client.IsRetried(response))
                return new ValueTask<HttpResponseMessage>(response);
        }

        return readsAll || isRepeatable ? ReadAsync(sending, readsAll, cancellationToken) : sending;
    }

    internal HttpResponseMessage Attempt(RequestReplay replay, CancellationToken cancellationToken) => base.Send(replay.Next(), cancellationToken);

    private static bool HasShortBody(HttpResponseMessage response) => response.Content.Headers.ContentLength is > 0 and <= ShortBody;

    private (bool IsRepeatable, Func<HttpContent>? Factory) Prepare(HttpRequestMessage request, out bool mustBuffer)
    {
        mustBuffer = false;
        if (!client.IsRetried(request))
            return (false, null);
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
        return await SendAsync(request, isRepeatable, contentFactory: null, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, bool isRepeatable, Func<HttpContent>? contentFactory, CancellationToken cancellationToken)
    {
        var policies = client.PoliciesFor(request.RequestUri);
        var replay = new RequestReplay(request, isRepeatable, contentFactory, client.AttemptHeaders());
        return (isRepeatable ? policies.Retrying : policies.Once)
            .ExecuteAsync<SendOperation, HttpResponseMessage>(new SendOperation(this, replay, isRepeatable), cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<HttpResponseMessage> ReadAsync(ValueTask<HttpResponseMessage> sending, bool readsAll, CancellationToken cancellationToken)
    {
        var response = await sending.ConfigureAwait(false);
        if (readsAll)
            await ReadAllAsync(response, cancellationToken).ConfigureAwait(false);
        else if (HasShortBody(response) && client.IsRetried(response))
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
