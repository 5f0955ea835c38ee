namespace ProDev.Jobs;

/// <summary>
/// All jobs that a worker holds, how many of them were not started, and the signal that there is room for more. Safe for concurrent use. A job is in it
/// by its own links, so that holding one allocates nothing.
/// </summary>
internal sealed class HeldJobs
{
    private readonly Lock _lock = new();
    private HeldJob? _first;
    private int _count;
    private int _waiting;
    private int _settling;
    private int _length;
    private int _capacity;
    private TaskCompletionSource? _roomMade;

    public int Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    /// <summary>How many wait to be started.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting;
        }
    }

    public IReadOnlyList<HeldJob> Snapshot()
    {
        lock (_lock)
        {
            var all = new List<HeldJob>(_count);
            for (HeldJob? job = _first; job is not null; job = job.Next)
                all.Add(job);
            return all;
        }
    }

    /// <summary>
    /// How many more may be held, or zero and a task that ends when there may be room. There is none while more than half of
    /// <paramref name="length"/> wait, so that claims stay batched. Jobs whose outcomes are being written do not count, up to that length: so the next ones
    /// are claimed meanwhile.
    /// </summary>
    public int Room(int capacity, int length, out Task roomMade)
    {
        lock (_lock)
        {
            (_capacity, _length) = (capacity, length);
            roomMade = Task.CompletedTask;
            if (HasRoom)
                return _capacity - Counted;
            _roomMade ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            roomMade = _roomMade.Task;
            return 0;
        }
    }

    /// <summary>Adds a job that waits to be started.</summary>
    public void Add(HeldJob job)
    {
        lock (_lock)
        {
            (job.Next, job.IsHeld) = (_first, true);
            if (_first is not null)
                _first.Previous = job;
            _first = job;
            _count++;
            _waiting++;
        }
    }

    /// <summary>A job waits no longer: it is started, handed back, or was lost.</summary>
    public void Taken()
    {
        TaskCompletionSource? roomMade;
        lock (_lock)
        {
            _waiting--;
            roomMade = TakeSignal();
        }

        roomMade?.TrySetResult();
    }

    /// <summary>The outcome of a job is on its way to the store.</summary>
    public void Settle(HeldJob job)
    {
        TaskCompletionSource? roomMade;
        lock (_lock)
        {
            if (!job.IsHeld || job.Settling)
                return;
            job.Settling = true;
            _settling++;
            roomMade = TakeSignal();
        }

        roomMade?.TrySetResult();
    }

    public void Remove(HeldJob job)
    {
        TaskCompletionSource? roomMade;
        lock (_lock)
        {
            if (!job.IsHeld)
                return;
            Unlink(job);
            _count--;
            if (job.Settling)
                _settling--;
            roomMade = TakeSignal();
        }

        job.Dispose();
        roomMade?.TrySetResult();
    }

    private int Counted => _count - Math.Min(_settling, _length);

    private bool HasRoom => Counted < _capacity && _waiting <= _length / 2;

    private TaskCompletionSource? TakeSignal()
    {
        if (_roomMade is null || !HasRoom)
            return null;
        TaskCompletionSource roomMade = _roomMade;
        _roomMade = null;
        return roomMade;
    }

    private void Unlink(HeldJob job)
    {
        if (job.Previous is null)
            _first = job.Next;
        else
            job.Previous.Next = job.Next;
        if (job.Next is not null)
            job.Next.Previous = job.Previous;
        (job.Next, job.Previous, job.IsHeld) = (null, null, false);
    }
}
