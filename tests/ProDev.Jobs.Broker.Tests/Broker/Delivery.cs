namespace ProDev.Jobs.Broker.Tests;

/// <summary>A message on its way to one consumer, until it is acknowledged or goes back.</summary>
/// <param name="Connection">The only connection on which <paramref name="Tag"/> means something.</param>
/// <param name="Queue">The queue it came from.</param>
/// <param name="Tag">Identifies it on its connection.</param>
/// <param name="IsRedelivered">Whether it was delivered before and went back. It does not say whether anybody began with it.</param>
/// <param name="Message">The message.</param>
internal sealed record Delivery(BrokerConnection Connection, string Queue, long Tag, bool IsRedelivered, BrokerMessage Message);
