namespace ProDev.Caching.Internal;

/// <summary>What is to be made of a value of the second level.</summary>
internal enum SecondLevelFreshness
{
    /// <summary>There is none, or none that may be used.</summary>
    Missing,

    /// <summary>It has expired, or was declared so; fail-safe may serve it.</summary>
    Stale,

    /// <summary>It can be served.</summary>
    Fresh,
}
