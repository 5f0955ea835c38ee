namespace ProDev.Shared.Waking;

/// <summary>
/// Wakes whoever waits for the end of one job, or of any. With thousands of waiters an end wakes those of that job only; while nobody waits it costs next to
/// nothing. Safe for concurrent use.
/// </summary>
internal sealed class EndSignal
{
    private readonly WorkSignal _any = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Waiters> _byId = [];
    private int _count;

    /// <summary>Waits for an end or for the limit. What ends after the call, before it is awaited, is not missed.</summary>
    /// <param name="id">The job; null for any.</param>
    /// <param name="limit">The longest wait.</param>
    /// <param name="time">Measures it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task WaitAsync(Guid? id, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
        => id is { } job ? WaitForAsync(job, limit, time, cancellationToken) : WorkSignal.WaitAsync(_any.Next, limit, time, cancellationToken);

    /// <summary>Says that these jobs may have ended.</summary>
    public void Pulse(IEnumerable<Guid> ids)
    {
        _any.Pulse();
        if (Volatile.Read(ref _count) == 0)
            return;
        List<Waiters> woken = [];
        lock (_lock)
        {
            foreach (Guid id in ids)
            {
                if (_byId.Remove(id, out Waiters? waiters))
                    woken.Add(waiters);
            }

            Volatile.Write(ref _count, _byId.Count);
        }

        woken.ForEach(static w => w.Ended.TrySetResult());
    }

    /// <summary>Says that any job may have ended.</summary>
    public void PulseAll()
    {
        Guid[] all;
        lock (_lock)
            all = [.. _byId.Keys];
        Pulse(all);
    }

    private async Task WaitForAsync(Guid id, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        Waiters waiters = Enter(id);
        try
        {
            await WorkSignal.WaitAsync(waiters.Ended.Task, limit, time, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(id, waiters);
        }
    }

    private Waiters Enter(Guid id)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(id, out Waiters? waiters))
                _byId.Add(id, waiters = new Waiters());
            waiters.Count++;
            Volatile.Write(ref _count, _byId.Count);
            return waiters;
        }
    }

    private void Leave(Guid id, Waiters waiters)
    {
        lock (_lock)
        {
            if (--waiters.Count > 0 || _byId.GetValueOrDefault(id) != waiters)
                return;
            _byId.Remove(id);
            Volatile.Write(ref _count, _byId.Count);
        }
    }

    private sealed class Waiters
    {
        public int Count { get; set; }

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
