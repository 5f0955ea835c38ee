namespace ProDev.Jobs.Broker.Tests;

/// <summary>
/// A broker in memory that does what matters of AMQP 0-9-1: queues of opaque messages, confirms, pushes within a prefetch window, tags, acknowledgements,
/// and a connection whose loss puts back everything unacknowledged. It has no queries and knows no duplicates. Delays and priorities are switches, as
/// they are in servers. It outlives every connection, as a durable server outlives every process.
/// </summary>
internal sealed partial class TestBroker(TimeProvider time, bool hasDelays = true, bool hasPriorities = true) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, BrokerQueue> _queues = new(StringComparer.Ordinal);
    private readonly List<(ITimer Timer, string Queue, BrokerMessage Message)> _delayed = [];
    private readonly List<BrokerConnection> _connections = [];
    private long _number;

    public bool HasDelays => hasDelays;

    public bool HasPriorities => hasPriorities;

    public BrokerConnection Connect(BrokerTap? tap = null)
    {
        var connection = new BrokerConnection(this, tap ?? new BrokerTap());
        lock (_lock)
            _connections.Add(connection);
        return connection;
    }

    /// <summary>What waits in a queue; for assertions, not for clients.</summary>
    public IReadOnlyList<BrokerMessage> Peek(string queue)
    {
        lock (_lock)
            return [.. QueueOf(queue).Ready];
    }

    /// <summary>Everything that is anywhere in the broker: ready, delayed, or unacknowledged. For assertions.</summary>
    public int CountAll()
    {
        lock (_lock)
            return _queues.Values.Sum(static q => q.Ready.Count()) + _delayed.Count + _connections.Sum(static c => c.UnacknowledgedCount);
    }

    public void Publish(string queue, BrokerMessage message, TimeSpan delay)
    {
        if (delay > TimeSpan.Zero && !hasDelays)
            throw new BrokerException("This broker has no delayed messages.");
        lock (_lock)
        {
            if (delay > TimeSpan.Zero)
                Hold(queue, message, delay);
            else
                Add(queue, message);
        }
    }

    public void Add(BrokerConsumer consumer)
    {
        lock (_lock)
        {
            // A connection that is being lost is marked first and dropped then; its consumer must not come in between.
            if (!consumer.Connection.IsOpen)
                return;
            QueueOf(consumer.Queue).Add(consumer);
            Push(consumer.Queue);
        }
    }

    public void Remove(BrokerConsumer consumer)
    {
        lock (_lock)
            QueueOf(consumer.Queue).Remove(consumer);
    }

    /// <summary>Takes an unacknowledged delivery from its connection; returns false if there is none of that tag.</summary>
    public bool Settle(BrokerConnection connection, long tag, bool requeue)
    {
        lock (_lock)
        {
            if (!connection.TryForget(tag, out BrokerQueue.QueuedMessage message, out BrokerConsumer? consumer))
                return false;
            consumer.Unacknowledged--;
            if (requeue)
                QueueOf(consumer.Queue).Add(message with { IsRedelivered = true });
            Push(consumer.Queue);
            return true;
        }
    }

    public void Drop(BrokerConnection connection, IReadOnlyList<BrokerConsumer> consumers)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
            foreach (BrokerConsumer consumer in consumers)
                QueueOf(consumer.Queue).Remove(consumer);
            foreach ((BrokerQueue.QueuedMessage message, string queue) in connection.ForgetAll())
                QueueOf(queue).Add(message with { IsRedelivered = true });
            foreach (string queue in _queues.Keys)
                Push(queue);
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _delayed.ForEach(static d => d.Timer.Dispose());
    }

    private void Hold(string queue, BrokerMessage message, TimeSpan delay)
    {
        // Rounded up, because timers drop what is less than a millisecond, and no message may come early.
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds));
        ITimer timer = time.CreateTimer(state => Release((BrokerMessage)state!), message, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _delayed.Add((timer, queue, message));
        timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void Release(BrokerMessage message)
    {
        lock (_lock)
        {
            int place = _delayed.FindIndex(d => ReferenceEquals(d.Message, message));
            if (place < 0)
                return;
            (ITimer timer, string queue, _) = _delayed[place];
            _delayed.RemoveAt(place);
            timer.Dispose();
            Add(queue, message);
        }
    }

    private void Add(string queue, BrokerMessage message)
    {
        QueueOf(queue).Add(new BrokerQueue.QueuedMessage(++_number, message, IsRedelivered: false));
        Push(queue);
    }

    private void Push(string queue)
    {
        while (QueueOf(queue).TryNext(out BrokerQueue.QueuedMessage message, out BrokerConsumer consumer))
        {
            if (TakeFault(ref _doubledDeliveries))
                QueueOf(queue).Add(new BrokerQueue.QueuedMessage(++_number, message.Message, IsRedelivered: true));
            consumer.Unacknowledged++;
            consumer.Receive(consumer.Connection.Remember(message, consumer));
        }
    }

    private BrokerQueue QueueOf(string name)
    {
        if (!_queues.TryGetValue(name, out BrokerQueue? queue))
            _queues.Add(name, queue = new BrokerQueue(hasPriorities));
        return queue;
    }
}
