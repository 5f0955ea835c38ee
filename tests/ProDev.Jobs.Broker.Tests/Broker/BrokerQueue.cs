namespace ProDev.Jobs.Broker.Tests;

/// <summary>One queue of the broker: messages in order, and those who consume it in turn. Not safe for concurrent use.</summary>
internal sealed class BrokerQueue(bool hasPriorities)
{
    private readonly SortedSet<QueuedMessage> _ready = new(Comparer<QueuedMessage>.Create((x, y) =>
    {
        int order = hasPriorities ? y.Message.Priority.CompareTo(x.Message.Priority) : 0;
        return order != 0 ? order : x.Number.CompareTo(y.Number);
    }));

    private readonly List<BrokerConsumer> _consumers = [];

    public IEnumerable<BrokerMessage> Ready => _ready.Select(static m => m.Message);

    public void Add(QueuedMessage message) => _ready.Add(message);

    public void Add(BrokerConsumer consumer) => _consumers.Add(consumer);

    public void Remove(BrokerConsumer consumer) => _consumers.Remove(consumer);

    /// <summary>The next message and who gets it; those who have room take turns.</summary>
    public bool TryNext(out QueuedMessage message, out BrokerConsumer consumer)
    {
        (message, consumer) = (default, null!);
        if (_ready.Count == 0 || _consumers.Find(static c => c.HasRoom) is not { } found)
            return false;
        (message, consumer) = (_ready.Min, found);
        _ready.Remove(message);
        _consumers.Remove(found);
        _consumers.Add(found);
        return true;
    }

    /// <summary>A message with its place in the queue, which it keeps when it comes back.</summary>
    internal readonly record struct QueuedMessage(long Number, BrokerMessage Message, bool IsRedelivered);
}
