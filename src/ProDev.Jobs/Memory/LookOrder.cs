namespace ProDev.Jobs;

/// <summary>The bucket first that must be looked at first.</summary>
internal sealed class LookOrder : IComparer<MemoryBucket>
{
    public static readonly LookOrder Instance = new();

    public int Compare(MemoryBucket? x, MemoryBucket? y)
    {
        int order = Nullable.Compare(x!.LookAt, y!.LookAt);
        return order != 0 ? order : string.CompareOrdinal(x.Key, y.Key);
    }
}
