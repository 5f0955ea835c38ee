namespace ProDev.Caching.Redis;

/// <summary>Times and names, each with its reason.</summary>
internal static class RedisCacheDefaults
{
    /// <summary>A hash tag, so that the default works on a cluster, too: reading an entry with its tags takes keys of one slot.</summary>
    public const string KeyPrefix = "{prodev:cache}:";

    /// <summary>The tag that stands for everything.</summary>
    public const string EverythingTag = "*";

    /// <summary>Long enough to notice a lost notice before most entries expire, rare enough for hundreds of processes.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(5);

    /// <summary>Two renewals may fail before the lock is lost, and a dead process holds up the others for no longer than this.</summary>
    public static readonly TimeSpan LoadLockLease = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What the version of a tag outlives its last change by. Tags that are no longer used must go some day; one that is still used costs
    /// a reload of its entries in that rhythm. The version of everything is one key and stays, because its loss would reload all at once.
    /// </summary>
    public static readonly TimeSpan TagLifetime = TimeSpan.FromDays(30);

    /// <summary>
    /// How long calls wait for the very first connection. A reachable server answers sooner, and until then a call has nothing better to do;
    /// after that calls fail at once, as they do whenever the connection is lost.
    /// </summary>
    public static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(1);

    /// <summary>A server that comes back is found again within a second or two, also after hours of absence.</summary>
    public static readonly TimeSpan ReconnectInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Between attempts to subscribe, where no restored connection has called sooner.</summary>
    public static readonly TimeSpan SubscribeRetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest wait for another process's load before looking again. Its end is announced, so this bounds only what a lost announcement
    /// costs.
    /// </summary>
    public static readonly TimeSpan LongestLockWait = TimeSpan.FromSeconds(1);

    /// <summary>A sender that was silent for this many heartbeats is gone and forgotten; if it is not, it counts as a new one with a gap.</summary>
    public const int SilentHeartbeats = 20;
}
