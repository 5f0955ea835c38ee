namespace ProDev.Caching;

/// <summary>Something that results depend on and that is not an argument: the tenant, the culture. Named by <see cref="CacheVaryByAttribute{T}"/>.</summary>
public interface ICacheKeyPart
{
    /// <summary>
    /// What the results depend on, at this moment. Results of different texts, compared by ordinal, are kept apart; null is a value
    /// of its own. Read at each call, hits included, so it should be at hand.
    /// </summary>
    string? Current { get; }
}
