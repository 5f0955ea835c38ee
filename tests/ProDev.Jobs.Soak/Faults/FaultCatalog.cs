namespace ProDev.Jobs.Soak;

/// <summary>All faults.</summary>
public static class FaultCatalog
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        new WorkersKilled(), new ProducersKilled(), new ChordKilled(), new WorkerStopped(), new LeaderParted(), new ClocksSkewed(), new ClocksChanged(),
        new ConnectionsTerminated(), new NetworkDisturbed(), new CommitUnanswered(), new KilledBeforeNotify(), new ServerLost(isKilled: false),
        new ServerLost(isKilled: true),
    ];

    public static Fault Find(string name) => All.Single(f => f.Name == name);
}
