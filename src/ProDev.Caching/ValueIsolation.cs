namespace ProDev.Caching;

/// <summary>Whether callers share a cached object or get a copy each.</summary>
public enum ValueIsolation
{
    /// <summary>
    /// Shared when the type is proven immutable or declared so with <c>[ImmutableObject(true)]</c>; otherwise copied.
    /// </summary>
    Auto,

    /// <summary>Shared: the application promises that nobody changes what comes out of the cache.</summary>
    Share,

    /// <summary>Copied for each caller by the cache's serializer.</summary>
    Copy,
}
