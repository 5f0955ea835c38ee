namespace ProDev.Caching;

/// <summary>
/// The second level of a cache, shared by several processes: bytes by key, and a version for each tag. The cache decides what the
/// bytes mean; a store only keeps them. The cache itself adds timeouts, a circuit breaker and recovery, so that a store simply lets
/// its exceptions out.
/// </summary>
/// <remarks>
/// <para>A payload begins with its generation, eight bytes chosen at random by whoever writes. By it a store tells whether the payload
/// it holds is still the one that somebody has read. As a number it is little-endian.</para>
/// <para>The version of a tag is never zero, changes with every invalidation and never returns to an earlier one, also when the store
/// has lost it: reading a tag without a version gives it a new one. So what was stored under a lost version is never current again.</para>
/// <para>Implementations are safe for use by any number of threads.</para>
/// </remarks>
public interface IDistributedCacheStore
{
    /// <summary>Reads a payload and the versions of tags, in one round trip where the store can.</summary>
    /// <param name="key">The key: at most 512 characters of printable ASCII.</param>
    /// <param name="tags">The tags whose versions are wanted; <c>*</c> may be among them and is a tag like others here.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The payload, empty if there is none, and the versions.</returns>
    ValueTask<DistributedCacheRead> ReadAsync(string key, IReadOnlyList<string> tags, CancellationToken cancellationToken);

    /// <summary>Reads the versions of tags.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One version for each tag, in order.</returns>
    ValueTask<long[]> ReadTagVersionsAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken);

    /// <summary>Writes a payload.</summary>
    /// <param name="key">The key.</param>
    /// <param name="payload">The bytes, the generation first. Not to be kept after the call.</param>
    /// <param name="expiration">How long to keep them.</param>
    /// <param name="expectedGeneration">
    /// Null: in any case. Else only if the payload held now has this generation; zero: if there is none. A store that cannot compare and
    /// write in one step does both as close together as it can.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; the payload may have been written all the same.</param>
    /// <returns>Whether it was written.</returns>
    ValueTask<bool> WriteAsync(string key, ReadOnlyMemory<byte> payload, TimeSpan expiration, long? expectedGeneration, CancellationToken cancellationToken);

    /// <summary>Gives a tag a new version.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="cancellationToken">Ends the wait; the version may have changed all the same.</param>
    /// <returns>A task that completes when every later read, from any process, sees the new version.</returns>
    ValueTask InvalidateTagAsync(string tag, CancellationToken cancellationToken);
}
