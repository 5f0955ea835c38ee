namespace ProDev.Retry;

/// <summary>
/// Tells a live permit from one that was disposed, without an object for each. A slot's version is odd while a permit holds it, so
/// that a permit, which knows its slot and version, is disposed by exactly one change from that version to the next.
/// </summary>
internal sealed class PermitSlots(int maxPermits)
{
    /// <summary>Eight bytes for each: a million makes 8 MB.</summary>
    public const int MostPermits = 1_000_000;

    // An odd number close to the golden section of 2^32: threads whose ids follow each other start far apart.
    private const uint Spread = 2_654_435_769;

    // Twice as many slots as permits: at least half of them are free, and a search is done after two steps on average.
    private readonly int[] _versions = new int[maxPermits * 2];

    /// <summary>Claims a free slot. The caller holds a place, so there always is one.</summary>
    public int Claim(out int version)
    {
        var start = (uint)Environment.CurrentManagedThreadId * Spread;
        var slot = (int)(((ulong)start * (uint)_versions.Length) >> 32);
        while (true)
        {
            var seen = Volatile.Read(ref _versions[slot]);
            version = unchecked(seen + 1);
            if ((seen & 1) == 0 && Interlocked.CompareExchange(ref _versions[slot], version, seen) == seen)
                return slot;
            slot = slot + 1 < _versions.Length ? slot + 1 : 0;
        }
    }

    /// <summary>Frees a slot; false if its permit was disposed before.</summary>
    public bool TryFree(int slot, int version) =>
        Interlocked.CompareExchange(ref _versions[slot], unchecked(version + 1), version) == version;
}
