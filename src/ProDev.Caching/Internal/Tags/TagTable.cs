using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ProDev.Caching.Internal;

/// <summary>
/// The tags in use. The table holds them weakly: entries and loads keep their tags alive, and a tag that none of them
/// holds has nothing to invalidate. So the table is bounded by the entries, however many tags an application invents.
/// </summary>
internal sealed class TagTable
{
    /// <summary>The tag that means every entry.</summary>
    public const string Everything = "*";

    private const int FirstPurge = 1024;

    private readonly TagState _everything = new(Everything);
    private readonly ConcurrentDictionary<string, WeakReference<TagState>> _tags = new(StringComparer.Ordinal);
    private long _invalidations;
    private int _count;
    private int _purgeAt = FirstPurge;

    /// <summary>How many invalidations there have been. Counted before anything else changes.</summary>
    public long Invalidations => Volatile.Read(ref _invalidations);

    /// <summary>How many names the table holds, the forgotten ones included.</summary>
    internal int Count => Volatile.Read(ref _count);

    /// <summary>Stamps a load that is about to begin.</summary>
    /// <exception cref="ArgumentException">A tag is empty, or <c>*</c>.</exception>
    public TagStamps Stamp(IEnumerable<string>? tags)
    {
        return new TagStamps(new TagStamp(_everything), tags switch
        {
            null => null,
            string[] { Length: 0 } => null,
            string[] array => Array.ConvertAll(array, StampOne),
            _ => tags.Select(StampOne).ToArray() is { Length: > 0 } stamps ? stamps : null,
        });
    }

    public void Invalidate(string tag)
    {
        CountInvalidation();
        if (tag == Everything)
            _everything.Invalidate();
        else if (_tags.TryGetValue(tag, out var reference) && reference.TryGetTarget(out var state))
            state.Invalidate();
    }

    /// <summary>Counts an invalidation that no version tells of.</summary>
    public void CountInvalidation() => Interlocked.Increment(ref _invalidations);

    /// <summary>A tag that an entry can have.</summary>
    /// <exception cref="ArgumentException">It is null, empty or <c>*</c>.</exception>
    public static string Check([NotNull] string? tag)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        return tag != Everything
            ? tag
            : throw new ArgumentException(
                "An entry cannot have the tag '*': RemoveByTagAsync(\"*\") removes every entry, whatever its tags. Use another name.", nameof(tag));
    }

    private TagStamp StampOne(string tag) => new(Find(Check(tag)));

    private TagState Find(string tag)
    {
        while (true)
        {
            if (!_tags.TryGetValue(tag, out var known))
            {
                var fresh = new TagState(tag);
                if (!_tags.TryAdd(tag, new WeakReference<TagState>(fresh)))
                    continue;
                if (Interlocked.Increment(ref _count) >= Volatile.Read(ref _purgeAt))
                    Purge();
                return fresh;
            }

            if (known.TryGetTarget(out var state))
                return state;

            // Nobody holds the old state any more, so a new one that starts at version 0 cannot be mistaken for it.
            state = new TagState(tag);
            if (_tags.TryUpdate(tag, new WeakReference<TagState>(state), known))
                return state;
        }
    }

    // Runs each time the table has doubled since the last time, so its cost per new tag is constant.
    private void Purge()
    {
        Volatile.Write(ref _purgeAt, int.MaxValue);
        foreach (var pair in _tags)
        {
            if (!pair.Value.TryGetTarget(out _) && _tags.TryRemove(pair))
                Interlocked.Decrement(ref _count);
        }

        Volatile.Write(ref _purgeAt, Math.Max(FirstPurge, 2 * Count));
    }
}
