namespace ProDev.Caching;

/// <summary>What a <see cref="CacheNotice"/> is about.</summary>
public enum CacheNoticeKind
{
    /// <summary>A key was set or removed: what is held in memory for it is dropped.</summary>
    KeyRemoved,

    /// <summary>A key was declared expired: what is held in memory for it is stale from now on.</summary>
    KeyExpired,

    /// <summary>A tag was invalidated; <c>*</c> means everything.</summary>
    TagInvalidated,
}
