namespace ProDev.Benchmarks;

/// <summary>What one case did in one round.</summary>
/// <param name="Operations">How many operations it performed; at least one.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="ClientCpu">CPU time of this process.</param>
/// <param name="ServerCpu">CPU time of the servers; null when there are none, or the system does not tell.</param>
/// <param name="Allocated">Managed bytes that this process allocated.</param>
internal sealed record MacroSample(long Operations, TimeSpan Elapsed, TimeSpan ClientCpu, TimeSpan? ServerCpu, long Allocated)
{
    /// <summary>What the case counted; null when it counts nothing.</summary>
    public long? Count { get; init; }
}
