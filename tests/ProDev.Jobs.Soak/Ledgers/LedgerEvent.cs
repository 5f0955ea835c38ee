namespace ProDev.Jobs.Soak;

/// <summary>What a line of the ledger says.</summary>
public enum LedgerEvent
{
    /// <summary>A producer is about to enqueue a job under this key. Until one of the next two follows, nobody knows whether there is one.</summary>
    Intended,

    /// <summary>The store has confirmed the job of this key.</summary>
    Confirmed,

    /// <summary>The transaction of the job was rolled back: it must never run.</summary>
    Withdrawn,

    /// <summary>An attempt has begun.</summary>
    Started,

    /// <summary>The store has taken the end of an attempt: success or dead letter.</summary>
    Accepted,

    /// <summary>The store has refused the end of an attempt: the lease was not held any more.</summary>
    Refused,
}
