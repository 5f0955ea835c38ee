namespace ProDev.Jobs.Broker.Tests;

/// <summary>Sees every operation of one process on the broker, and may throw or cut the connection.</summary>
internal sealed class BrokerTap
{
    /// <summary>Called with the connection and the name of each operation before it is carried out.</summary>
    public Action<BrokerConnection, string> Before { get; set; } = static (_, _) => { };

    /// <summary>Called after an operation was carried out and before its caller hears of it.</summary>
    public Action<BrokerConnection, string> After { get; set; } = static (_, _) => { };
}
