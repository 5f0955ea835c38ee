using System.Diagnostics.CodeAnalysis;

namespace ProDev.Caching;

/// <summary>
/// What a factory may know of the load it serves, and may decide about the value it answers. Belongs to one load; not for use after the
/// factory has completed.
/// </summary>
public sealed class CacheLoadContext
{
    private readonly object? _stale;

    internal CacheLoadContext(CacheEntryOptions options, bool isBackground, bool hasStaleValue, object? stale)
    {
        Options = options;
        IsBackground = isBackground;
        HasStaleValue = hasStaleValue;
        _stale = stale;
    }

    /// <summary>
    /// How the value will be kept: a copy of what the call asked for, to change as the value demands, for example its expiration by
    /// what the source says. Read when the factory completes.
    /// </summary>
    public CacheEntryOptions Options { get; }

    /// <summary>Whether nobody waits for the value: an entry is being refreshed before it expires.</summary>
    public bool IsBackground { get; }

    /// <summary>Whether there is an expired value that fail-safe has kept, or one that is being refreshed.</summary>
    public bool HasStaleValue { get; }

    /// <summary>Whether the value is to be kept. A factory sets it to false for a value that only those who wait may have.</summary>
    /// <value>true.</value>
    public bool IsStored { get; set; } = true;

    /// <summary>Gets the value that the load is to replace, to answer it again when the source says that it has not changed.</summary>
    /// <param name="value">The value; default when there is none.</param>
    /// <typeparam name="T">The type of the value that is being loaded.</typeparam>
    /// <returns>Whether there is one of this type; see <see cref="HasStaleValue"/>.</returns>
    public bool TryGetStaleValue<T>([MaybeNullWhen(false)] out T value)
    {
        if (HasStaleValue && (_stale is T || (_stale is null && default(T) is null)))
        {
            value = (T)_stale!;
            return true;
        }

        value = default;
        return false;
    }
}
