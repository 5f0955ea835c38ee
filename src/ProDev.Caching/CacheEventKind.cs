namespace ProDev.Caching;

/// <summary>What has happened to a value.</summary>
public enum CacheEventKind
{
    /// <summary>A factory answered it, or the second level had it, and memory keeps it.</summary>
    Loaded,

    /// <summary>The application set it.</summary>
    Set,

    /// <summary>Loading it failed, and there was no stale value to serve.</summary>
    LoadFailed,

    /// <summary>Loading it failed or took too long, and a stale value was served.</summary>
    StaleServed,

    /// <summary>It was removed by its key, or another process said so.</summary>
    Removed,

    /// <summary>It had to leave memory for others although it could still be used.</summary>
    Evicted,

    /// <summary>It was found in memory when it was of no use any more: expired, or invalidated by a tag.</summary>
    Expired,
}
