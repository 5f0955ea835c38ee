namespace ProDev.Jobs;

/// <summary>Jobs that wait before those that run, those before the ones that have ended; then the later arrival.</summary>
internal sealed class ConflictOrder : IComparer<MemoryJob>
{
    public static readonly ConflictOrder Instance = new();

    public int Compare(MemoryJob? x, MemoryJob? y)
    {
        int order = Stage(x!).CompareTo(Stage(y!));
        return order != 0 ? order : y!.Number.CompareTo(x!.Number);
    }

    private static int Stage(MemoryJob job) => job.IsWaiting ? 0 : job.HasEnded ? 2 : 1;
}
