namespace ProDev.Jobs.Soak;

/// <summary>What can be wrong.</summary>
public enum FindingKind
{
    /// <summary>A confirmed job is not there, or has ended without having run.</summary>
    Lost,

    /// <summary>A job ran that was rolled back, or that nobody has enqueued.</summary>
    Wrongful,

    /// <summary>One key has made two jobs, or the callback of a group has come twice.</summary>
    DoubledJob,

    /// <summary>The store has taken two ends of one job, or one end by a token that was not the latest.</summary>
    DoubledCommit,

    /// <summary>Two attempts had the same token.</summary>
    TokenTwice,

    /// <summary>An attempt was not counted.</summary>
    NotCounted,

    /// <summary>A job has not ended although nothing is in its way.</summary>
    Stuck,

    /// <summary>A job has ended in another way than it had to.</summary>
    WrongEnd,

    /// <summary>A job ran, or a lease ended, at another time than by the store's clock.</summary>
    WrongTime,

    /// <summary>The fault did not happen as it was meant to, so that the run proves nothing.</summary>
    NotInjected,

    /// <summary>The database itself is damaged.</summary>
    Damaged,
}
