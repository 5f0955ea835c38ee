namespace ProDev.Benchmarks;

/// <summary>One peer of a trace suite: a cache that starts empty.</summary>
/// <param name="name">What results and gates call it.</param>
public abstract class TraceCase(string name) : IDisposable
{
    /// <summary>What results and gates call it.</summary>
    public string Name { get; } = name;

    /// <summary>Reads a key, stores it when it is missing, and returns whether it was there.</summary>
    /// <param name="key">The key.</param>
    public abstract bool Access(string key);

    /// <summary>Does nothing by default.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
