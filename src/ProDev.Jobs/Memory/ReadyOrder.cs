namespace ProDev.Jobs;

/// <summary>Higher priority first, then the earlier time, then the earlier arrival. Total, because arrivals differ.</summary>
internal sealed class ReadyOrder : IComparer<MemoryJob>
{
    public static readonly ReadyOrder Instance = new();

    public int Compare(MemoryJob? x, MemoryJob? y)
    {
        int order = y!.Priority.CompareTo(x!.Priority);
        if (order == 0)
            order = x.RunAt.CompareTo(y.RunAt);
        return order != 0 ? order : x.Number.CompareTo(y.Number);
    }
}
