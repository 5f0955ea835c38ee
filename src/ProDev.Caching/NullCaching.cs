namespace ProDev.Caching;

/// <summary>What becomes of a null that a factory answers.</summary>
public enum NullCaching
{
    /// <summary>It is kept like any value, for <see cref="CacheEntryOptions.NullExpiration"/> where that is set.</summary>
    Cache,

    /// <summary>It is given to those who wait and not kept; the value it replaces is dropped.</summary>
    Skip,
}
