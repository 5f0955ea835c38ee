namespace ProDev.Caching;

/// <summary>What a read found: a value, which may be a cached null, or nothing.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly record struct CacheResult<T>
{
    /// <summary>A value was found.</summary>
    /// <param name="value">The value.</param>
    public CacheResult(T value)
    {
        HasValue = true;
        Value = value;
    }

    /// <summary>Whether there is a value.</summary>
    public bool HasValue { get; }

    /// <summary>The value; default where there is none.</summary>
    public T? Value { get; }
}
