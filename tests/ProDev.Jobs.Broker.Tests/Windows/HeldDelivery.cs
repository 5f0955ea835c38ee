namespace ProDev.Jobs.Broker.Tests;

/// <summary>A delivery in the window of this process: waiting to be looked at, or leased. Guarded by the window.</summary>
internal sealed class HeldDelivery(Delivery delivery, long number, DateTimeOffset lookAt)
{
    public Delivery Delivery => delivery;

    public BrokerMessage Message => delivery.Message;

    public string Queue => delivery.Queue;

    /// <summary>Identifies it among all deliveries of all connections of this process.</summary>
    public long Number => number;

    /// <summary>The lease that it stands for; <see langword="null"/> while it waits.</summary>
    public JobLease? Lease { get; set; }

    /// <summary>From when on it is worth a look: at once, when its job is due, or when its lease has run out.</summary>
    public DateTimeOffset LookAt { get; set; } = lookAt;
}
