namespace ProDev.Jobs.Soak;

/// <summary>
/// A fault, and the work that goes on around it. When <see cref="RunAsync"/> ends, everything that was in the way is gone again and every producer has ended;
/// the run then waits for the jobs and holds the ledger against the store.
/// </summary>
public abstract class Fault
{
    /// <summary>For people and for the command line: lower case, with dashes.</summary>
    public abstract string Name { get; }

    /// <summary>How often it is injected in one run that is to be short.</summary>
    public abstract int FewTimes { get; }

    /// <summary>How often it is injected in one run of the long soak.</summary>
    public virtual int ManyTimes => 2 * FewTimes;

    /// <summary>The stores that it can happen to.</summary>
    public virtual IReadOnlyList<string> Stores { get; } = [SqliteSoakStore.Name, PostgreSqlSoakStore.Name];

    /// <summary>Whether it kills the server, so that it needs one of its own.</summary>
    public virtual bool NeedsServer => false;

    /// <summary>Lets work go on and injects the fault.</summary>
    /// <param name="run">What it happens to.</param>
    /// <param name="times">How often.</param>
    public abstract Task RunAsync(FaultRun run, int times);
}
