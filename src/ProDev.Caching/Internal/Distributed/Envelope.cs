namespace ProDev.Caching.Internal;

/// <summary>A payload that was read and belongs to its key.</summary>
/// <param name="Flags">What it is.</param>
/// <param name="Times">Its moments.</param>
/// <param name="Schema">What the value is a value of.</param>
/// <param name="Tags">The tags, <c>*</c> first, as the store knows them.</param>
/// <param name="TagVersions">The version of each when the load began.</param>
/// <param name="Value">The bytes of the value, compressed or not.</param>
/// <param name="ValueLength">The number of its bytes before compression.</param>
internal sealed record Envelope(
    EnvelopeFlags Flags, EnvelopeTimes Times, UInt128 Schema, string[] Tags, long[] TagVersions, ReadOnlyMemory<byte> Value, int ValueLength)
{
    public bool IsTombstone => Flags.HasFlag(EnvelopeFlags.Tombstone);
}
