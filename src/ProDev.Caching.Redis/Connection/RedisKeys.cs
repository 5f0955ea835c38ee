using System.Text;
using StackExchange.Redis;

namespace ProDev.Caching.Redis;

/// <summary>The names of one cache in Redis: the prefix, a letter for the kind, and the name.</summary>
internal sealed class RedisKeys(string prefix)
{
    private readonly RedisKey _entries = Encoding.UTF8.GetBytes(prefix + "e:");
    private readonly RedisKey _tags = Encoding.UTF8.GetBytes(prefix + "t:");
    private readonly RedisKey _locks = Encoding.UTF8.GetBytes(prefix + "l:");

    /// <summary>Where the notices of the backplane go.</summary>
    public RedisChannel Notices { get; } = RedisChannel.Literal(prefix + "notices");

    /// <summary>Where the end of each load is announced.</summary>
    public RedisChannel Releases { get; } = RedisChannel.Literal(prefix + "releases");

    public RedisKey Entry(string key) => ((RedisKey)key).Prepend(_entries);

    public RedisKey Tag(string tag) => ((RedisKey)tag).Prepend(_tags);

    public RedisKey Lock(string key) => ((RedisKey)key).Prepend(_locks);

    /// <summary>The default prefix of the cache with this name; empty: the cache without a key.</summary>
    /// <remarks>The name is escaped, so that it can neither end the hash tag nor look like a longer prefix.</remarks>
    public static string DefaultPrefix(string name) =>
        name.Length == 0 ? RedisCacheDefaults.KeyPrefix : $"{{prodev:cache/{Uri.EscapeDataString(name)}}}:";
}
