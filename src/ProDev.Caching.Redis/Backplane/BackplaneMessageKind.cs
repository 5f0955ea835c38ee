namespace ProDev.Caching.Redis;

/// <summary>What a message says. The value is the letter on the wire.</summary>
internal enum BackplaneMessageKind
{
    /// <summary>Nothing happened; the number is that of the sender's last notice.</summary>
    Heartbeat = 'H',

    /// <summary><see cref="CacheNoticeKind.KeyRemoved"/>.</summary>
    KeyRemoved = 'R',

    /// <summary><see cref="CacheNoticeKind.KeyExpired"/>.</summary>
    KeyExpired = 'E',

    /// <summary><see cref="CacheNoticeKind.TagInvalidated"/>.</summary>
    TagInvalidated = 'T',
}
