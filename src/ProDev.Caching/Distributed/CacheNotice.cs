namespace ProDev.Caching;

/// <summary>What one process tells the others: that a key or a tag is no longer what they may hold in memory.</summary>
/// <param name="Kind">What <paramref name="Subject"/> is.</param>
/// <param name="Subject">The key as the second level knows it, or the tag.</param>
public readonly record struct CacheNotice(CacheNoticeKind Kind, string Subject);
