namespace ProDev.Jobs;

/// <summary>Whether one loop of a worker gets answers from the store. Safe for concurrent use.</summary>
internal sealed class StoreContact(TimeProvider time)
{
    private readonly Lock _lock = new();
    private long? _silentSince;

    /// <summary>How long the store has not answered; <see langword="null"/> while it does, and while nothing is asked.</summary>
    public TimeSpan? SilentFor
    {
        get
        {
            lock (_lock)
                return _silentSince is { } since ? time.GetElapsedTime(since) : null;
        }
    }

    /// <summary>The store is asked. A failure leaves the question open, and the next one does not begin anew.</summary>
    public void Asked()
    {
        lock (_lock)
            _silentSince ??= time.GetTimestamp();
    }

    public void Answered()
    {
        lock (_lock)
            _silentSince = null;
    }
}
