namespace ProDev.Caching.Internal;

/// <summary>What a reader may do with an entry.</summary>
internal enum EntryState
{
    /// <summary>Nothing: it has expired for good, or one of its tags was invalidated.</summary>
    Dead,

    /// <summary>It has expired and fail-safe may serve it.</summary>
    Stale,

    /// <summary>Serve it.</summary>
    Fresh,

    /// <summary>Serve it, and load the next one: this reader is the one who was chosen to.</summary>
    RefreshDue,
}
