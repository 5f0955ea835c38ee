using System.Buffers;
using System.Buffers.Binary;
using StackExchange.Redis;

namespace ProDev.Caching.Redis;

/// <summary>Writes payloads, with or without a condition.</summary>
internal static class EntryWriter
{
    /// <summary>
    /// KEYS: the entry; ARGV: payload, expected generation (empty: no entry), milliseconds. The range of a key that does not exist is empty.
    /// </summary>
    private const string WriteIfUnchanged =
        """
        if redis.call('GETRANGE', KEYS[1], 0, 7) ~= ARGV[2] then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
        return 1
        """;

    public static async Task<bool> WriteAsync(IDatabase database, RedisKey key, ReadOnlyMemory<byte> payload, TimeSpan expiration, long? expectedGeneration)
    {
        // The caller may give up and use its buffer again while the driver has yet to send it, or to send it again with the script. So the driver gets a copy, which goes
        // back to the pool only when Redis has answered; after a fault nobody knows who still reads it, and it is left to the collector.
        var copy = ArrayPool<byte>.Shared.Rent(payload.Length);
        payload.CopyTo(copy);
        RedisValue value = new ReadOnlyMemory<byte>(copy, 0, payload.Length);
        var written = expectedGeneration is { } generation
            ? (bool)await database.ScriptEvaluateAsync(WriteIfUnchanged, [key], [value, Expected(generation), Milliseconds(expiration)]).ConfigureAwait(false)
            : await database.StringSetAsync(key, value, TimeSpan.FromMilliseconds(Milliseconds(expiration))).ConfigureAwait(false);
        ArrayPool<byte>.Shared.Return(copy);
        return written;
    }

    private static RedisValue Expected(long generation)
    {
        if (generation == 0)
            return RedisValue.EmptyString;
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, generation);
        return bytes;
    }

    // Redis refuses zero, and a fraction of a millisecond is still some time.
    private static long Milliseconds(TimeSpan expiration) => Math.Max(1, (long)Math.Ceiling(expiration.TotalMilliseconds));
}
