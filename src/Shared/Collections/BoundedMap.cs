using System.Collections.Concurrent;

namespace ProDev.Shared.Collections;

/// <summary>
/// Values that are made when their key is first asked for, at most a given number of them: a further key takes the place of
/// one that was not asked for lately.
/// </summary>
/// <remarks>
/// Eviction is the second chance ("clock") approximation of least recently used: a hit only marks its entry, and only if it is
/// not marked yet, so that hits on hot keys share their cache lines between all cores. The lock is taken for misses.
/// </remarks>
internal sealed class BoundedMap<TKey, TValue>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries;
    private readonly List<Entry> _ring = [];
    private readonly int _capacity;
    private int _hand;

    /// <param name="capacity">At least 1. The map never holds more entries, not even for a moment.</param>
    /// <param name="comparer">Null for the default one.</param>
    public BoundedMap(int capacity, IEqualityComparer<TKey>? comparer = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
        _entries = new ConcurrentDictionary<TKey, Entry>(comparer);
    }

    public int Count => _entries.Count;

    /// <summary>
    /// The value of a key. Callers that miss the same key together may each make one, but all get the one that was kept.
    /// What <paramref name="create"/> throws reaches its caller, and nothing is kept.
    /// </summary>
    public TValue GetOrAdd<TState>(TKey key, TState state, Func<TKey, TState, TValue> create)
    {
        if (!_entries.TryGetValue(key, out var entry))
            // Made outside of the lock: what a caller's code waits for is not known here.
            entry = Keep(new Entry(key, create(key, state)));
        else if (!entry.IsUsed)
            entry.IsUsed = true;
        return entry.Value;
    }

    private Entry Keep(Entry made)
    {
        lock (_ring)
        {
            if (_entries.TryGetValue(made.Key, out var kept))
                return kept;

            if (_ring.Count < _capacity)
            {
                _ring.Add(made);
            }
            else
            {
                var place = FindUnused();
                _entries.TryRemove(_ring[place].Key, out _);
                _ring[place] = made;
            }

            _entries[made.Key] = made;
            return made;
        }
    }

    /// <summary>Takes the marks off on its way. After one round it takes any: readers may mark faster than it walks.</summary>
    private int FindUnused()
    {
        for (var step = 0; step < _capacity && _ring[_hand].IsUsed; step++)
        {
            _ring[_hand].IsUsed = false;
            _hand = (_hand + 1) % _capacity;
        }

        var place = _hand;
        _hand = (_hand + 1) % _capacity;
        return place;
    }

    private sealed class Entry(TKey key, TValue value)
    {
        public TKey Key { get; } = key;

        public TValue Value { get; } = value;

        /// <summary>A plain field: a mark that is lost in a race makes the eviction less exact, nothing else.</summary>
        public bool IsUsed { get; set; }
    }
}
