namespace ProDev.Caching.Internal;

/// <summary>What a store holds for a key, as far as it can be judged without knowing the type.</summary>
/// <param name="Generation">The generation of the payload; zero if there is none.</param>
/// <param name="CanBeReplaced">
/// Whether a store can tell the payload from another. Otherwise it was written by somebody else, and is left alone until it is set or removed.
/// </param>
/// <param name="AskedVersions">The versions of the tags that were asked for.</param>
/// <param name="Envelope">The payload; null if there is none, or none that may be read.</param>
/// <param name="Fault">Why it may not be read.</param>
/// <param name="IsCurrent">Whether its tags are what they were.</param>
internal readonly record struct FoundPayload(
    long Generation, bool CanBeReplaced, long[] AskedVersions, Envelope? Envelope, string? Fault, bool IsCurrent)
{
    public static FoundPayload Of(DistributedCacheRead read, string key, int maximumBytes)
    {
        if (read.Payload.IsEmpty)
            return new FoundPayload(0, true, read.TagVersions, null, null, false);
        var generation = EnvelopeReader.Generation(read.Payload.Span);
        var envelope = EnvelopeReader.Read(read.Payload, key, maximumBytes, out var fault);
        return new FoundPayload(generation, generation != 0, read.TagVersions, envelope, fault, false);
    }
}
