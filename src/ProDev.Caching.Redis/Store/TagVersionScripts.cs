namespace ProDev.Caching.Redis;

/// <summary>
/// How tags get versions. A version is Redis' own time in microseconds when it was given, or one more than the version before if that
/// is not less. So versions of a tag only grow while it is held, and one that is given after a loss is later than all that were lost. Only a
/// server clock that is set back between the two could meet an earlier version, and would have to hit its very microsecond.
/// </summary>
/// <remarks>A script's numbers are doubles, which hold whole microseconds exactly until the year 2255.</remarks>
internal static class TagVersionScripts
{
    /// <summary>KEYS: tags; ARGV: the lifetime of each in milliseconds, 0 for ever. Answers the versions, giving one to each tag without.</summary>
    public const string Complete =
        """
        local time = redis.call('TIME')
        local fresh = time[1] * 1000000 + time[2]
        local versions = {}
        for i, key in ipairs(KEYS) do
          local version = tonumber(redis.call('GET', key))
          if not version or version < 1 then
            version = fresh
            if ARGV[i] == '0' then
              redis.call('SET', key, string.format('%.0f', version))
            else
              redis.call('SET', key, string.format('%.0f', version), 'PX', ARGV[i])
            end
          end
          versions[i] = version
        end
        return versions
        """;

    /// <summary>KEYS: a tag; ARGV: its lifetime in milliseconds, 0 for ever. Answers the new version.</summary>
    public const string Invalidate =
        """
        local time = redis.call('TIME')
        local version = time[1] * 1000000 + time[2]
        local last = tonumber(redis.call('GET', KEYS[1]))
        if last and last >= version then version = last + 1 end
        if ARGV[1] == '0' then
          redis.call('SET', KEYS[1], string.format('%.0f', version))
        else
          redis.call('SET', KEYS[1], string.format('%.0f', version), 'PX', ARGV[1])
        end
        return version
        """;

    /// <summary>The lifetime of a tag as the scripts want it.</summary>
    public static long LifetimeOf(string tag) =>
        tag == RedisCacheDefaults.EverythingTag ? 0 : (long)RedisCacheDefaults.TagLifetime.TotalMilliseconds;
}
