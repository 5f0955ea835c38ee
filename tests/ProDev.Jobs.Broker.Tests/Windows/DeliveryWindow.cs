namespace ProDev.Jobs.Broker.Tests;

/// <summary>
/// The deliveries that the broker has pushed to this process and that are not settled: where push meets a worker that asks. Connects when needed; with the
/// connection everything in the window is gone, because the broker gives it to others. Safe for concurrent use. Failures of the broker come out as
/// <see cref="JobStoreException"/>.
/// </summary>
internal sealed class DeliveryWindow(TestBroker broker, int size, TimeProvider time, BrokerTap? tap = null) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<HeldDelivery> _held = [];
    private readonly Dictionary<string, BrokerConnection> _served = new(StringComparer.Ordinal);
    private readonly Lock _connecting = new();
    private readonly SemaphoreSlim _looking = new(1, 1);
    private BrokerConnection? _connection;
    private TaskCompletionSource _next = NewSignal();
    private long _number;

    public TestBroker Broker => broker;

    /// <summary>Ends when something may have become worth a look.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Pulse() => Interlocked.Exchange(ref _next, NewSignal()).TrySetResult();

    /// <summary>Looks at what waits, alone: two that look at once would both take the same delivery.</summary>
    public async Task<T> LookAsync<T>(Func<Task<T>> look)
    {
        await _looking.WaitAsync();
        try
        {
            return await look();
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>Asks the broker to push the messages of these queues from now on.</summary>
    public void Serve(IEnumerable<string> queues)
    {
        foreach (string queue in queues)
        {
            BrokerConnection connection = Connected();
            lock (_lock)
            {
                if (_served.GetValueOrDefault(queue) == connection)
                    continue;
                _served[queue] = connection;
            }

            Asked(() => connection.Consume(queue, size, Receive));
        }
    }

    /// <summary>Ends the push and gives every delivery that waits to <paramref name="giveBack"/>. Leased ones stay.</summary>
    public Task StopServingAsync(Func<HeldDelivery, Task> giveBack) => LookAsync(async () =>
    {
        KeyValuePair<string, BrokerConnection>[] served;
        lock (_lock)
        {
            served = [.. _served.Where(static s => s.Value.IsOpen)];
            _served.Clear();
        }

        foreach ((string queue, BrokerConnection connection) in served)
            Asked(() => connection.Cancel(queue));
        foreach (HeldDelivery waiting in Waiting())
            await giveBack(waiting);
        return true;
    });

    public bool Serves(string queue)
    {
        lock (_lock)
            return _served.TryGetValue(queue, out BrokerConnection? connection) && connection.IsOpen;
    }

    /// <summary>What is worth a look now, in the order of arrival: what waits and is due, and leases that have run out.</summary>
    public IReadOnlyList<HeldDelivery> Candidates(string queue)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_lock)
            return [.. _held.Where(h => h.Queue == queue && h.LookAt <= now)];
    }

    /// <summary>The next moment from which on something will be worth a look that is not yet.</summary>
    public DateTimeOffset? NextLook()
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_lock)
            return _held.Where(h => h.LookAt > now).Min(static h => (DateTimeOffset?)h.LookAt);
    }

    public void Lease(HeldDelivery held, JobLease lease, DateTimeOffset until)
    {
        lock (_lock)
            (held.Lease, held.LookAt) = (lease, until);
    }

    /// <summary>Takes a leased delivery, so that of two who decide about it at once only one gets it. Until it is leased again nobody looks at it.</summary>
    public HeldDelivery? Take(JobLease lease)
    {
        lock (_lock)
        {
            if (Find(lease) is not { } held)
                return null;
            (held.Lease, held.LookAt) = (null, DateTimeOffset.MaxValue);
            return held;
        }
    }

    /// <summary>The delivery that a lease stands for, if it is still in the window.</summary>
    public HeldDelivery? Find(JobLease lease)
    {
        lock (_lock)
            return _held.Find(h => h.Lease == lease);
    }

    /// <summary>Keeps the place of a leased delivery from being looked at before that moment.</summary>
    public void Prolong(HeldDelivery held, DateTimeOffset until)
    {
        lock (_lock)
            held.LookAt = until;
    }

    /// <summary>Lets a delivery wait again, in the window.</summary>
    public void Park(HeldDelivery held, DateTimeOffset lookAt)
    {
        lock (_lock)
            (held.Lease, held.LookAt) = (null, lookAt);
        Pulse();
    }

    /// <summary>Looks at what is parked now, whatever it waits for.</summary>
    public void LookNow()
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_lock)
        {
            foreach (HeldDelivery waiting in _held.Where(static h => h.Lease is null))
                waiting.LookAt = now;
        }

        Pulse();
    }

    /// <summary>Acknowledges a delivery. Returns false when the broker has taken it away before, and it comes again.</summary>
    public bool TryAck(HeldDelivery held)
    {
        if (!Forget(held))
            return false;
        Asked(() => held.Delivery.Connection.Ack(held.Delivery.Tag));
        return true;
    }

    /// <summary>Gives a delivery back to the broker, for anybody.</summary>
    public void Nack(HeldDelivery held)
    {
        if (Forget(held))
            Asked(() => held.Delivery.Connection.Nack(held.Delivery.Tag));
    }

    /// <summary>Publishes and waits for the confirm.</summary>
    public async Task PublishAsync(string queue, BrokerMessage message, TimeSpan delay = default)
    {
        try
        {
            await Connected().PublishAsync(queue, message, delay);
        }
        catch (BrokerException e)
        {
            throw Failed(e);
        }
    }

    public void Dispose()
    {
        lock (_connecting)
            _connection?.Close();
        _looking.Dispose();
    }

    private IReadOnlyList<HeldDelivery> Waiting()
    {
        lock (_lock)
            return [.. _held.Where(static h => h.Lease is null && h.LookAt < DateTimeOffset.MaxValue)];
    }

    private bool Forget(HeldDelivery held)
    {
        lock (_lock)
            return _held.Remove(held);
    }

    private BrokerConnection Connected()
    {
        // A lock of its own: the broker takes its lock before that of the window.
        lock (_connecting)
        {
            if (_connection is { IsOpen: true } open)
                return open;
            _connection = broker.Connect(tap);
            _connection.Closed = Lose;
            return _connection;
        }
    }

    private void Receive(Delivery delivery)
    {
        lock (_lock)
            _held.Add(new HeldDelivery(delivery, ++_number, time.GetUtcNow()));
        Pulse();
    }

    private void Lose(BrokerConnection connection)
    {
        lock (_lock)
        {
            _held.RemoveAll(h => h.Delivery.Connection == connection);
            foreach (string queue in _served.Where(s => s.Value == connection).Select(static s => s.Key).ToArray())
                _served.Remove(queue);
        }

        Pulse();
    }

    private static void Asked(Action action)
    {
        try
        {
            action();
        }
        catch (BrokerException e)
        {
            throw Failed(e);
        }
    }

    private static JobStoreException Failed(BrokerException e)
        => new($"The broker did not do what it was asked: {e.Message} Connect again and repeat.", e);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
