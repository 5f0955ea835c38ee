namespace ProDev.Caching.Internal;

/// <summary>The version of one tag. Entries hold the object itself, so a hit compares numbers and looks nothing up.</summary>
internal sealed class TagState
{
    private long _version;

    public long Version => Volatile.Read(ref _version);

    public void Invalidate() => Interlocked.Increment(ref _version);
}
