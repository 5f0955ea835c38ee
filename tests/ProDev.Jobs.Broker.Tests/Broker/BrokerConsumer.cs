namespace ProDev.Jobs.Broker.Tests;

/// <summary>One subscription: the broker pushes to it while it has fewer than <paramref name="prefetch"/> unacknowledged deliveries.</summary>
internal sealed class BrokerConsumer(BrokerConnection connection, string queue, int prefetch, Action<Delivery> received)
{
    public BrokerConnection Connection => connection;

    public string Queue => queue;

    public int Unacknowledged { get; set; }

    public bool HasRoom => Unacknowledged < prefetch;

    public void Receive(Delivery delivery) => received(delivery);
}
