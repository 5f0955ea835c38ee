namespace ProDev.Jobs.Sqlite;

/// <summary>One caller's change, waiting to be committed together with others.</summary>
internal abstract class WriteOperation
{
    private const int Pending = 0;
    private const int Started = 1;
    private const int Cancelled = 2;

    private int _state;

    /// <summary>Whether it may have made a job ready.</summary>
    public bool Wakes { get; protected set; }

    /// <summary>Returns <see langword="false"/> when the caller has cancelled it. From here on it cannot be cancelled.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref _state, Started, Pending) == Pending;

    /// <summary>Returns <see langword="false"/> when it had started.</summary>
    public bool TryCancel() => Interlocked.CompareExchange(ref _state, Cancelled, Pending) == Pending;

    /// <summary>Makes the change inside a transaction. May be called again after a roll-back.</summary>
    public abstract void Execute(SqliteWriter writer);

    /// <summary>The transaction was committed.</summary>
    public abstract void Succeed();

    public abstract void Fail(Exception exception);
}
