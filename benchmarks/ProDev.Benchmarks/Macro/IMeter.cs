namespace ProDev.Benchmarks;

/// <summary>Reads clock, CPU time and allocations.</summary>
internal interface IMeter
{
    /// <summary>Lets the process come to rest, so that one case does not pay for the garbage of another.</summary>
    void Settle();

    Reading Read();
}
