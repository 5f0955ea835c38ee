using System.Diagnostics.CodeAnalysis;

namespace ProDev.Caching.Internal;

/// <summary>
/// Entries that were stored or removed and that the policy has not looked at since. Any thread adds, without a lock and without
/// allocating; one at a time takes, in the order in which they were added. An entry is listed once: whoever takes it finds it
/// as it is by then.
/// </summary>
internal sealed class ChangedEntries
{
    private CacheEntry? _latest;
    private CacheEntry? _taken;

    /// <summary>How many wait, those that are being taken excluded.</summary>
    public int Count => Volatile.Read(ref _latest)?.ChangeDepth ?? 0;

    public void Add(CacheEntry entry)
    {
        if (!entry.TryMarkChanged())
            return;
        CacheEntry? before;
        do
        {
            before = Volatile.Read(ref _latest);
            entry.ChangedBefore = before;
            entry.ChangeDepth = (before?.ChangeDepth ?? 0) + 1;
        }
        while (Interlocked.CompareExchange(ref _latest, entry, before) != before);
    }

    /// <summary>Starts on all that wait now.</summary>
    public void TakeAll()
    {
        // Turned round, so that the first comes first. What an exception left behind last time comes before it.
        var turned = (CacheEntry?)null;
        for (var entry = Interlocked.Exchange(ref _latest, null); entry is not null;)
        {
            var before = entry.ChangedBefore;
            entry.ChangedBefore = turned;
            turned = entry;
            entry = before;
        }

        if (_taken is null)
        {
            _taken = turned;
            return;
        }

        var last = _taken;
        while (last.ChangedBefore is { } next)
            last = next;
        last.ChangedBefore = turned;
    }

    public bool TryTake([NotNullWhen(true)] out CacheEntry? entry)
    {
        entry = _taken;
        if (entry is null)
            return false;
        _taken = entry.ChangedBefore;
        entry.ChangedBefore = null;
        entry.ClearChanged();
        return true;
    }
}
