using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Distributed;

namespace ProDev.Caching.Internal;

/// <summary>
/// The versions of tags as entries of an <see cref="IDistributedCache"/>: a random number each. Not a counter, which would begin again when the entry is
/// lost: under a new random number everything stored under the lost one is a miss, and so it is when two processes make a number at the same moment and
/// one of them overwrites the other's.
/// </summary>
internal sealed class TagMarkers(IDistributedCache cache, string prefix)
{
    // A tag that is read stays: were it to lapse after a fixed time, everything under "*" would be missed at once. One that nobody reads for a
    // week goes, so that tags of things long gone do not fill the store; what still has them is then missed.
    private static readonly DistributedCacheEntryOptions Lifetime = new() { SlidingExpiration = TimeSpan.FromDays(7) };

    public Task<long[]> ReadAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        if (tags.Count == 0)
            return Task.FromResult<long[]>([]);
        var reads = new Task<long>[tags.Count];
        for (var index = 0; index < reads.Length; index++)
            reads[index] = ReadAsync(PhysicalKey(tags[index]), cancellationToken);
        return Task.WhenAll(reads);
    }

    public Task RenewAsync(string tag, CancellationToken cancellationToken) => WriteAsync(PhysicalKey(tag), cancellationToken);

    private async Task<long> ReadAsync(string physical, CancellationToken cancellationToken) =>
        await cache.GetAsync(physical, cancellationToken).ConfigureAwait(false) is { Length: sizeof(long) } marker
        && BinaryPrimitives.ReadInt64LittleEndian(marker) is not 0 and var version
            ? version
            : await WriteAsync(physical, cancellationToken).ConfigureAwait(false);

    private async Task<long> WriteAsync(string physical, CancellationToken cancellationToken)
    {
        var marker = new byte[sizeof(long)];
        do
            RandomNumberGenerator.Fill(marker);
        while (BinaryPrimitives.ReadInt64LittleEndian(marker) == 0);
        await cache.SetAsync(physical, marker, Lifetime, cancellationToken).ConfigureAwait(false);
        return BinaryPrimitives.ReadInt64LittleEndian(marker);
    }

    private string PhysicalKey(string tag) => $"{prefix}t:{StoreKeys.Of(tag)}";
}
