namespace ProDev.Benchmarks;

/// <summary>One peer of a macro suite. The harness calls: open, then for each round prepare and run, then dispose.</summary>
/// <param name="name">What results and gates call it.</param>
public abstract class MacroCase(string name) : IAsyncDisposable
{
    /// <summary>What results and gates call it.</summary>
    public string Name { get; } = name;

    /// <summary>Opens files or connections. Not measured.</summary>
    /// <param name="directory">A directory for this case alone; it exists and is removed afterwards.</param>
    public abstract Task OpenAsync(string directory);

    /// <summary>Puts things as each round must find them. Not measured; does nothing by default.</summary>
    public virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>Does the work of one round and returns the number of operations. Everything in here is measured.</summary>
    public abstract Task<long> RunAsync();

    /// <summary>What the last round counted, in a suite whose name says what that is; read after each round. Null by default: nothing.</summary>
    public virtual long? Count => null;

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
