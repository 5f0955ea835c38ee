using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Extensions.Caching.Distributed;

namespace ProDev.Caching.Internal;

/// <summary>
/// A second level on any <see cref="IDistributedCache"/>. It has no transactions: a payload and the versions of its tags are read at the same time but not
/// as of one moment, and a write that depends on the present payload looks, and then writes. Between the two another process's write can be lost; of two
/// values written at that moment one stays, and the tags decide for both whether they are current.
/// </summary>
internal sealed class DistributedCacheStore(IDistributedCache cache, string prefix) : IDistributedCacheStore
{
    private readonly TagMarkers _markers = new(cache, prefix);

    public async ValueTask<DistributedCacheRead> ReadAsync(string key, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        // The array that the cache makes is the one the payload lives in: to read it into a buffer of ours would copy it once more.
        var payload = cache.GetAsync(PhysicalKey(key), cancellationToken);
        var versions = _markers.ReadAsync(tags, cancellationToken);
        await Task.WhenAll(payload, versions).ConfigureAwait(false);
        return new DistributedCacheRead(await payload.ConfigureAwait(false), await versions.ConfigureAwait(false));
    }

    public async ValueTask<long[]> ReadTagVersionsAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken) =>
        await _markers.ReadAsync(tags, cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> WriteAsync(
        string key, ReadOnlyMemory<byte> payload, TimeSpan expiration, long? expectedGeneration, CancellationToken cancellationToken)
    {
        var physical = PhysicalKey(key);
        if (expectedGeneration is { } expected && await ReadGenerationAsync(physical, cancellationToken).ConfigureAwait(false) != expected)
            return false;
        var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = expiration };
        if (cache is IBufferDistributedCache buffers)
            await buffers.SetAsync(physical, new ReadOnlySequence<byte>(payload), options, cancellationToken).ConfigureAwait(false);
        else
            await cache.SetAsync(physical, payload.ToArray(), options, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public ValueTask InvalidateTagAsync(string tag, CancellationToken cancellationToken) => new(_markers.RenewAsync(tag, cancellationToken));

    private string PhysicalKey(string key) => $"{prefix}k:{key}";

    // Zero if there is no payload; null for one that is none of ours, which no write expects.
    private async ValueTask<long?> ReadGenerationAsync(string physical, CancellationToken cancellationToken)
    {
        if (cache is IBufferDistributedCache buffers)
        {
            using var buffer = new PooledBuffer(Array.MaxLength);
            return await buffers.TryGetAsync(physical, buffer, cancellationToken).ConfigureAwait(false) ? GenerationOf(buffer.Span) : 0;
        }

        return await cache.GetAsync(physical, cancellationToken).ConfigureAwait(false) is { } payload ? GenerationOf(payload) : 0;
    }

    private static long? GenerationOf(ReadOnlySpan<byte> payload) =>
        BinaryPrimitives.TryReadInt64LittleEndian(payload, out var generation) && generation != 0 ? generation : null;
}
