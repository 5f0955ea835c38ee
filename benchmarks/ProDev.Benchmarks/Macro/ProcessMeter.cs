namespace ProDev.Benchmarks;

/// <summary>Meters this process and, on Linux, the given servers.</summary>
internal sealed class ProcessMeter(IReadOnlyList<int> servers) : IMeter
{
    private readonly long _start = TimeProvider.System.GetTimestamp();

    public void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    public Reading Read() => new(
        TimeProvider.System.GetElapsedTime(_start),
        Environment.CpuUsage.TotalTime,
        ProcessTree.CpuTime(servers),
        GC.GetTotalAllocatedBytes(precise: true));
}
