namespace ProDev.Caching.Internal;

/// <summary>
/// The text of a store's keys, for the second level and for other processes: printable ASCII, the same in every build and culture, different
/// for different keys, and readable back. Made on a miss only.
/// </summary>
/// <typeparam name="TKey">The keys.</typeparam>
internal abstract class KeyFormat<TKey>
    where TKey : notnull
{
    /// <summary>What stands between a store's name and the text of a key; no name contains it.</summary>
    public const char Separator = '|';

    /// <summary>The name of the store, the same in every process; empty for the store of the string keys.</summary>
    public abstract string Region { get; }

    /// <summary>The text of a key, with the region before it.</summary>
    public string Write(TKey key) => $"{Region}{Separator}{WriteKey(key)}";

    /// <summary>The text of a key, without the region.</summary>
    public abstract string WriteKey(TKey key);

    /// <summary>Reads a key back. False for a text that this store does not write, as an older build's may be.</summary>
    public abstract bool TryReadKey(ReadOnlySpan<char> text, out TKey key);
}
