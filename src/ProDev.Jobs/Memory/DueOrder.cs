namespace ProDev.Jobs;

/// <summary>The earlier time first, then the earlier arrival.</summary>
internal sealed class DueOrder : IComparer<MemoryJob>
{
    public static readonly DueOrder Instance = new();

    public int Compare(MemoryJob? x, MemoryJob? y)
    {
        int order = x!.RunAt.CompareTo(y!.RunAt);
        return order != 0 ? order : x.Number.CompareTo(y.Number);
    }
}
