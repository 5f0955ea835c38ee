using System.Runtime.InteropServices;

namespace ProDev.Caching.Internal;

/// <summary>
/// Remembers which keys the main space turned away of late, to tell how often a larger window would have kept them. The idea is
/// the ghost list B1 of Megiddo and Modha, "ARC: A Self-Tuning, Low Overhead Replacement Cache" (FAST 2003). It is no list here
/// but a table with one place for each key, two to four bytes for each entry the cache holds: where two keys meet, the later one
/// stays, and a little of the evidence is lost.
/// Not safe for several threads. Every call is O(1), growth amortised.
/// </summary>
internal sealed class RejectedKeys
{
    private const int EntriesPerPlace = 8;
    private const int LargestTable = 1 << 24;

    private Place[] _places = new Place[16];
    private long _passed = 1;

    /// <summary>Makes room for a cache of the given number of entries. Growing forgets all keys.</summary>
    public void Reserve(int entries)
    {
        if (_places.Length < entries / EntriesPerPlace && _places.Length < LargestTable)
            _places = new Place[2 * _places.Length];
    }

    /// <summary>Notes that something left the window, which is how long a key's absence is measured.</summary>
    public void Pass(long weight) => _passed += weight;

    /// <summary>Remembers a key that left the window and was turned away.</summary>
    public void Add(int hash) => At(hash) = new Place(hash, _passed);

    /// <summary>Whether a window larger by <paramref name="reach"/> would still hold the key. Asking forgets it.</summary>
    public bool Take(int hash, long reach)
    {
        ref var place = ref At(hash);
        if (place.RejectedAt == 0 || place.Hash != hash)
            return false;
        var absence = _passed - place.RejectedAt;
        place = default;
        return absence < reach;
    }

    // The highest bits of the product depend on all of the hash.
    private ref Place At(int hash) => ref _places[(int)((uint)hash * 0x9E37_79B9_7F4A_7C15 >> 32) & (_places.Length - 1)];

    /// <param name="Hash">The key's.</param>
    /// <param name="RejectedAt">What had passed by then; 0: nobody is here.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Place(int Hash, long RejectedAt);
}
