namespace Quickstart.Catalog;

/// <summary>Counts the calls that reach the catalog itself, behind the cache.</summary>
internal sealed class CallCounter
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public void Add() => Interlocked.Increment(ref _calls);
}
