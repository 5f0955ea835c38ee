using System.Diagnostics.CodeAnalysis;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>A client's connection with its one channel. Once closed, it stays so.</summary>
internal sealed class BrokerConnection(TestBroker broker, BrokerTap tap)
{
    private readonly Lock _lock = new();
    private readonly List<BrokerConsumer> _consumers = [];

    // Guarded by the lock of the broker.
    private readonly Dictionary<long, (BrokerQueue.QueuedMessage Message, BrokerConsumer Consumer)> _unacknowledged = [];
    private long _tag;
    private int _closed;

    /// <summary>Called once, when the connection is gone.</summary>
    public Action<BrokerConnection> Closed { get; set; } = static _ => { };

    public bool IsOpen => Volatile.Read(ref _closed) == 0;

    public int UnacknowledgedCount => _unacknowledged.Count;

    /// <summary>Publishes; the task ends with the confirm. When it fails, the message may be there or not.</summary>
    public Task PublishAsync(string queue, BrokerMessage message, TimeSpan delay = default)
    {
        Begin("publish");
        broker.Publish(queue, message, delay);
        End("publish");
        return broker.TakeLostConfirm() ? Task.FromException(new BrokerException("The confirm did not come.")) : Task.CompletedTask;
    }

    /// <summary>Lets the broker push messages; <paramref name="received"/> must be quick and call nobody back.</summary>
    public void Consume(string queue, int prefetch, Action<Delivery> received)
    {
        Begin("consume");
        var consumer = new BrokerConsumer(this, queue, prefetch, received);
        lock (_lock)
            _consumers.Add(consumer);
        broker.Add(consumer);
        End("consume");
    }

    /// <summary>Ends the push. What was delivered stays unacknowledged.</summary>
    public void Cancel(string queue)
    {
        Begin("cancel");
        List<BrokerConsumer> cancelled;
        lock (_lock)
        {
            cancelled = _consumers.FindAll(c => c.Queue == queue);
            _consumers.RemoveAll(c => c.Queue == queue);
        }

        cancelled.ForEach(broker.Remove);
        End("cancel");
    }

    public void Ack(long tag) => Settle("ack", tag, requeue: false);

    public void Nack(long tag) => Settle("nack", tag, requeue: true);

    /// <summary>Closes or loses the connection, which is the same to the broker.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1)
            return;
        lock (_lock)
            broker.Drop(this, _consumers);
        Closed(this);
    }

    public Delivery Remember(BrokerQueue.QueuedMessage message, BrokerConsumer consumer)
    {
        _unacknowledged.Add(++_tag, (message, consumer));
        return new Delivery(this, consumer.Queue, _tag, message.IsRedelivered, message.Message);
    }

    public bool TryForget(long tag, out BrokerQueue.QueuedMessage message, [NotNullWhen(true)] out BrokerConsumer? consumer)
    {
        bool found = _unacknowledged.Remove(tag, out (BrokerQueue.QueuedMessage Message, BrokerConsumer Consumer) held);
        (message, consumer) = held;
        return found;
    }

    public IReadOnlyList<(BrokerQueue.QueuedMessage Message, string Queue)> ForgetAll()
    {
        (BrokerQueue.QueuedMessage, string)[] all = [.. _unacknowledged.OrderBy(static u => u.Key).Select(static u => (u.Value.Message, u.Value.Consumer.Queue))];
        _unacknowledged.Clear();
        return all;
    }

    private void Settle(string operation, long tag, bool requeue)
    {
        Begin(operation);
        if (!broker.Settle(this, tag, requeue))
        {
            // As servers do: whoever acknowledges what he does not hold has lost count.
            Close();
            throw new BrokerException($"The delivery tag {tag} is unknown on this connection, which is closed now.");
        }

        End(operation);
    }

    private void Begin(string operation)
    {
        ThrowIfClosed();
        broker.Count(this);
        tap.Before(this, operation);
        ThrowIfClosed();
    }

    private void End(string operation)
    {
        tap.After(this, operation);
        ThrowIfClosed();
    }

    private void ThrowIfClosed()
    {
        if (!IsOpen)
            throw new BrokerException("The connection to the broker is lost.");
    }
}
