using System.ComponentModel;

namespace ProDev.Caching.Benchmarks;

/// <summary>A value of which a read keeps the size alone, so that all that a read allocates is what the cache and the driver make of the payload.</summary>
/// <param name="Bytes">What is written; empty in a value that was read.</param>
/// <param name="Length">How many bytes there are.</param>
[ImmutableObject(true)]
public sealed record Blob(byte[] Bytes, long Length)
{
    /// <summary>The size of a large value.</summary>
    public const int Large = 100 * 1024;

    /// <summary>A large value that cannot be compressed.</summary>
    public static Blob OfRandomBytes()
    {
        var bytes = new byte[Large];
        new Random(1).NextBytes(bytes);
        return new Blob(bytes, Large);
    }
}
