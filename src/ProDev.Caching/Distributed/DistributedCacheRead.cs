namespace ProDev.Caching;

/// <summary>What a store answered: the stored bytes and the versions of the tags that were asked for, as of one moment.</summary>
/// <param name="Payload">The bytes as they were written, or empty when there are none.</param>
/// <param name="TagVersions">One version for each tag that was asked for, in that order.</param>
public readonly record struct DistributedCacheRead(ReadOnlyMemory<byte> Payload, long[] TagVersions);
