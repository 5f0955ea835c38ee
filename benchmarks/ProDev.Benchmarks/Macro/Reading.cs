namespace ProDev.Benchmarks;

/// <summary>All meters at one moment; two of them make a sample.</summary>
/// <param name="Timestamp">A monotonic time.</param>
/// <param name="ClientCpu">CPU time of this process so far.</param>
/// <param name="ServerCpu">CPU time of the servers so far; null when there are none, or the system does not tell.</param>
/// <param name="Allocated">Managed bytes that this process allocated so far.</param>
internal sealed record Reading(TimeSpan Timestamp, TimeSpan ClientCpu, TimeSpan? ServerCpu, long Allocated)
{
    public MacroSample Until(Reading end, long operations) => new(
        operations,
        end.Timestamp - Timestamp,
        end.ClientCpu - ClientCpu,
        end.ServerCpu - ServerCpu,
        end.Allocated - Allocated);
}
