namespace ProDev.Caching.Redis;

/// <summary>What only the holder may do. KEYS: the lock; ARGV: the holder's token, and the lease in milliseconds.</summary>
internal static class LoadLockScripts
{
    public const string Renew =
        "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) else return 0 end";

    public const string Release =
        "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end";
}
