using System.Net;

namespace ProDev.Http;

/// <summary>
/// The body of a failure that is still being read, or could not be. It takes the place of that body: whoever reads it waits for the rest, or meets the
/// failure. Disposing it ends the reading.
/// </summary>
internal sealed class PendingContent : HttpContent
{
    private readonly HttpContent _body;
    private readonly Task _reading;
    private readonly CancellationTokenSource _end;

    /// <param name="body">The body.</param>
    /// <param name="reading">Loads the body into its buffer.</param>
    /// <param name="end">Ends the reading.</param>
    public PendingContent(HttpContent body, Task reading, CancellationTokenSource end)
    {
        (_body, _reading, _end) = (body, reading, end);
        ContentHeaders.Copy(body, this);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        await _body.CopyToAsync(stream, context, cancellationToken).ConfigureAwait(false);
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _reading.WaitAsync(cancellationToken).GetAwaiter().GetResult();
        _body.CopyTo(stream, context, cancellationToken);
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await _body.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken)
    {
        _reading.WaitAsync(cancellationToken).GetAwaiter().GetResult();
        return _body.ReadAsStream(cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Headers.ContentLength ?? 0;
        return _body.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _end.Cancel();
            _ = DisposeBodyAsync();
        }

        base.Dispose(disposing);
    }

    // Not while it is read: a stream that is disposed reads on, to free its connection.
    private async Task DisposeBodyAsync()
    {
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _body.Dispose();
    }
}
