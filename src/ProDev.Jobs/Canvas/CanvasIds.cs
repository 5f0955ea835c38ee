using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProDev.Jobs;

/// <summary>
/// The ids of the jobs of a canvas: new ones, or always the same ones for a key, in the order in which the plan asks for them. The latter are UUIDs of version 8
/// (RFC 9562), made from a SHA-256 hash.
/// </summary>
internal sealed class CanvasIds(string? key, TimeProvider time)
{
    private int _count;

    /// <summary>
    /// Always a new one: if a plan was given up, results of its groups stay behind, which must not count when the plan is enqueued again with its key.
    /// </summary>
    public Guid NextGroup() => Guid.CreateVersion7(time.GetUtcNow());

    public Guid Next()
    {
        if (key is null)
            return NextGroup();
        string text = string.Create(CultureInfo.InvariantCulture, $"ProDev.Jobs canvas {_count++} {key}");
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
