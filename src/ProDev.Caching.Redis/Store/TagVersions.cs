using StackExchange.Redis;

namespace ProDev.Caching.Redis;

/// <summary>Reads versions out of an answer, and has those made that are missing.</summary>
internal static class TagVersions
{
    /// <summary>Answers one version for each tag. Costs no round trip unless one is missing, and then one for all.</summary>
    /// <param name="database">The database.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="keys">Their keys; tags that are missing are asked for by these.</param>
    /// <param name="values">What Redis held under the keys.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static ValueTask<long[]> FromAsync(
        IDatabase database, IReadOnlyList<string> tags, ArraySegment<RedisKey> keys, ArraySegment<RedisValue> values, CancellationToken cancellationToken)
    {
        var versions = new long[tags.Count];
        List<int>? missing = null;
        for (var i = 0; i < versions.Length; i++)
        {
            if (!values[i].TryParse(out versions[i]) || versions[i] < 1)
                (missing ??= []).Add(i);
        }

        return missing is null ? new(versions) : CompleteAsync(database, tags, keys, versions, missing, cancellationToken);
    }

    private static async ValueTask<long[]> CompleteAsync(
        IDatabase database, IReadOnlyList<string> tags, ArraySegment<RedisKey> keys, long[] versions, List<int> missing, CancellationToken cancellationToken)
    {
        var missingKeys = new RedisKey[missing.Count];
        var lifetimes = new RedisValue[missing.Count];
        for (var i = 0; i < missingKeys.Length; i++)
        {
            missingKeys[i] = keys[missing[i]];
            lifetimes[i] = TagVersionScripts.LifetimeOf(tags[missing[i]]);
        }

        var answer = await database.ScriptEvaluateAsync(TagVersionScripts.Complete, missingKeys, lifetimes).WaitAsync(cancellationToken).ConfigureAwait(false);
        var made = (long[])answer!; // The script answers one number a key.
        for (var i = 0; i < made.Length; i++)
            versions[missing[i]] = made[i];
        return versions;
    }
}
