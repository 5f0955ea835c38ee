namespace ProDev.Retry;

/// <summary>What became of a call that found no free place at once.</summary>
internal enum PlaceAnswer
{
    /// <summary>A place became free in the meantime, and the call has it.</summary>
    Taken,

    /// <summary>The call waits.</summary>
    Queued,

    /// <summary>Places and queue are full.</summary>
    Full,
}
