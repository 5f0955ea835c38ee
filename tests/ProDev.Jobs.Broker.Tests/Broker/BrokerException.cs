namespace ProDev.Jobs.Broker.Tests;

/// <summary>The connection is gone, or a confirm did not come.</summary>
internal sealed class BrokerException(string message) : Exception(message);
