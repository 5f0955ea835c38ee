namespace ProDev.Retry;

/// <summary>Counts the places that are taken and hands each that becomes free to the call that waits longest.</summary>
/// <remarks>
/// One number holds both counts, so that a place can be taken or given back by one exchange while nobody waits. Calls wait only
/// while all places are taken, and a place that becomes free meanwhile is handed over without being free in between: so as long as
/// somebody waits, the exchange of newcomers fails, and only holders of the lock change the number.
/// </remarks>
internal sealed class Places(int maxTaken, int maxQueued)
{
    private const long OneQueued = 1L << 32;

    private readonly Lock _lock = new();
    private readonly LinkedList<PlaceWaiter> _queue = new();
    private long _counts;

    public int MaxTaken => maxTaken;

    public int MaxQueued => maxQueued;

    public int Taken => TakenOf(Volatile.Read(ref _counts));

    public int Queued => QueuedOf(Volatile.Read(ref _counts));

    public bool TryTake()
    {
        var counts = Volatile.Read(ref _counts);
        while (TakenOf(counts) < maxTaken)
        {
            var seen = Interlocked.CompareExchange(ref _counts, counts + 1, counts);
            if (seen == counts)
                return true;
            counts = seen;
        }

        return false;
    }

    /// <summary>Takes a place or queues the waiter, whichever is possible.</summary>
    public PlaceAnswer TakeOrQueue(PlaceWaiter waiter)
    {
        lock (_lock)
        {
            while (!TryTake())
            {
                var counts = Volatile.Read(ref _counts);
                if (TakenOf(counts) < maxTaken)
                    continue;
                if (QueuedOf(counts) >= maxQueued)
                    return PlaceAnswer.Full;
                if (Interlocked.CompareExchange(ref _counts, counts + OneQueued, counts) != counts)
                    continue;
                waiter.Place = _queue.AddLast(waiter);
                return PlaceAnswer.Queued;
            }

            return PlaceAnswer.Taken;
        }
    }

    public void Release()
    {
        var counts = Volatile.Read(ref _counts);
        while (QueuedOf(counts) == 0)
        {
            var seen = Interlocked.CompareExchange(ref _counts, counts - 1, counts);
            if (seen == counts)
                return;
            counts = seen;
        }

        HandOver();
    }

    /// <summary>Takes a waiter out of the queue; false if it has its place already, which is then its own to give back.</summary>
    public bool TryLeaveQueue(PlaceWaiter waiter)
    {
        lock (_lock)
        {
            if (waiter.Place is not { } place)
                return false;
            waiter.Place = null;
            _queue.Remove(place);
            Interlocked.Add(ref _counts, -OneQueued);
            return true;
        }
    }

    private void HandOver()
    {
        PlaceWaiter next;
        lock (_lock)
        {
            if (_queue.First is not { } first)
            {
                // All that waited gave up in the meantime.
                Interlocked.Decrement(ref _counts);
                return;
            }

            next = first.Value;
            next.Place = null;
            _queue.Remove(first);
            Interlocked.Add(ref _counts, -OneQueued);
        }

        next.Grant();
    }

    private static int TakenOf(long counts) => unchecked((int)counts);

    private static int QueuedOf(long counts) => (int)(counts >> 32);
}
