using StackExchange.Redis;

namespace ProDev.Caching.Redis;

/// <summary>Entries and tag versions as plain strings of Redis.</summary>
/// <remarks>All reads ask the primary: a replica may not have seen the last invalidation.</remarks>
internal sealed class RedisCacheStore(RedisConnection connection, RedisKeys keys) : IDistributedCacheStore
{
    public async ValueTask<DistributedCacheRead> ReadAsync(string key, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        var database = await connection.GetDatabaseAsync(cancellationToken).ConfigureAwait(false);
        var names = new RedisKey[tags.Count + 1];
        names[0] = keys.Entry(key);
        for (var i = 0; i < tags.Count; i++)
            names[i + 1] = keys.Tag(tags[i]);

        var values = await database.StringGetAsync(names, CommandFlags.DemandMaster).WaitAsync(cancellationToken).ConfigureAwait(false);

        // A version made now is newer than the payload just read, which therefore cannot be bound to it: the answer is still of one moment.
        var versions = await TagVersions.FromAsync(
            database, tags, new(names, 1, tags.Count), new(values, 1, tags.Count), cancellationToken).ConfigureAwait(false);
        return new(values[0].IsNull ? default : (ReadOnlyMemory<byte>)values[0], versions);
    }

    public async ValueTask<long[]> ReadTagVersionsAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        if (tags.Count == 0)
            return [];
        var database = await connection.GetDatabaseAsync(cancellationToken).ConfigureAwait(false);
        var names = new RedisKey[tags.Count];
        for (var i = 0; i < names.Length; i++)
            names[i] = keys.Tag(tags[i]);
        var values = await database.StringGetAsync(names, CommandFlags.DemandMaster).WaitAsync(cancellationToken).ConfigureAwait(false);
        return await TagVersions.FromAsync(database, tags, names, values, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> WriteAsync(
        string key, ReadOnlyMemory<byte> payload, TimeSpan expiration, long? expectedGeneration, CancellationToken cancellationToken)
    {
        var database = await connection.GetDatabaseAsync(cancellationToken).ConfigureAwait(false);
        return await EntryWriter.WriteAsync(database, keys.Entry(key), payload, expiration, expectedGeneration)
            .WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask InvalidateTagAsync(string tag, CancellationToken cancellationToken)
    {
        var database = await connection.GetDatabaseAsync(cancellationToken).ConfigureAwait(false);
        await database.ScriptEvaluateAsync(TagVersionScripts.Invalidate, [keys.Tag(tag)], [TagVersionScripts.LifetimeOf(tag)])
            .WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
