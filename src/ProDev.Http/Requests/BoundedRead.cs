namespace ProDev.Http;

/// <summary>Reads a stream up to a limit. Memory grows with what was read, not with the limit.</summary>
internal static class BoundedRead
{
    private const int FirstBuffer = 4096;

    /// <summary>Reads until the stream ends or one byte more than the limit was read.</summary>
    /// <param name="stream">Stays open, behind what was read.</param>
    /// <param name="limit">How much may be read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What was read, and whether that was all.</returns>
    public static async ValueTask<(ReadOnlyMemory<byte> Bytes, bool IsComplete)> FromAsync(
        Stream stream, int limit, CancellationToken cancellationToken)
    {
        var (buffer, length) = (Buffer(limit), 0);
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += read;
            if (read == 0 || length > limit)
                return (buffer.AsMemory(0, length), read == 0);
            buffer = Grown(buffer, length, limit);
        }
    }

    /// <summary>The synchronous form.</summary>
    /// <inheritdoc cref="FromAsync"/>
    public static (ReadOnlyMemory<byte> Bytes, bool IsComplete) From(Stream stream, int limit, CancellationToken cancellationToken)
    {
        var (buffer, length) = (Buffer(limit), 0);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = stream.Read(buffer.AsSpan(length));
            length += read;
            if (read == 0 || length > limit)
                return (buffer.AsMemory(0, length), read == 0);
            buffer = Grown(buffer, length, limit);
        }
    }

    private static byte[] Buffer(int limit) => new byte[Math.Min(limit, FirstBuffer) + 1];

    private static byte[] Grown(byte[] buffer, int length, int limit)
    {
        if (length == buffer.Length)
            Array.Resize(ref buffer, (int)Math.Min((long)limit + 1, 2L * buffer.Length));
        return buffer;
    }
}
