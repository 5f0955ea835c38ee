using System.Net;

namespace ProDev.Http;

/// <summary>A content that turned out to be too long to keep: what was read of it already, and then the rest from its stream. It can be sent once.</summary>
internal sealed class OneTimeContent : HttpContent
{
    private readonly HttpContent _original;
    private readonly ReadOnlyMemory<byte> _beginning;
    private readonly Stream _rest;
    private bool _isSent;

    public OneTimeContent(HttpContent original, ReadOnlyMemory<byte> beginning, Stream rest)
    {
        _original = original;
        _beginning = beginning;
        _rest = rest;
        ContentHeaders.Copy(original, this);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Begin();
        await stream.WriteAsync(_beginning, cancellationToken).ConfigureAwait(false);
        await _rest.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Begin();
        stream.Write(_beginning.Span);
        _rest.CopyTo(stream);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _original.Dispose();
        base.Dispose(disposing);
    }

    // A redirect or a connection that broke makes inner handlers send it again, and the rest is gone: half a content must not look like a whole one.
    private void Begin()
    {
        if (_isSent)
            throw new InvalidOperationException("The content was read already, was too long to keep, and cannot be sent a second time.");
        _isSent = true;
    }
}
