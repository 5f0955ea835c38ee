namespace ProDev.Caching.Benchmarks;

/// <summary>How often each key was loaded.</summary>
internal sealed class LoadCounts(int keys)
{
    private readonly int[] _loads = new int[keys];

    /// <summary>Loads beyond the first of each key.</summary>
    public long Duplicates => _loads.Sum(count => (long)Math.Max(0, count - 1));

    public int Add(int key) => Interlocked.Increment(ref _loads[key]);
}
