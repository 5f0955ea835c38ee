namespace ProDev.Caching.Internal;

/// <summary>One tag and its version. Entries hold the object itself, so a hit compares numbers and looks nothing up.</summary>
internal sealed class TagState(string name)
{
    private long _version;

    public string Name { get; } = name;

    public long Version => Volatile.Read(ref _version);

    public void Invalidate() => Interlocked.Increment(ref _version);
}
