using System.Collections.Concurrent;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>Every run of every job, and a gate in front of one of them.</summary>
internal sealed class Ledger
{
    public ConcurrentQueue<(Guid Id, string Name, int Attempt)> Runs { get; } = new();

    /// <summary>Called in each run of a member; the job ends when the task does.</summary>
    public Func<int, CancellationToken, Task> Member { get; set; } = static (_, _) => Task.CompletedTask;

    public int CountRuns(string name) => Runs.Count(r => r.Name == name);
}
