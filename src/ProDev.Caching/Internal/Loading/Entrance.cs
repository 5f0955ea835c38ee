namespace ProDev.Caching.Internal;

/// <summary>What a caller who misses finds under the lock.</summary>
internal enum Entrance
{
    /// <summary>Nothing: the caller loads.</summary>
    Leads,

    /// <summary>A running load, which it joins.</summary>
    Joined,

    /// <summary>A value that another caller has just stored.</summary>
    Found,

    /// <summary>A failure that is still remembered.</summary>
    Failed,
}
