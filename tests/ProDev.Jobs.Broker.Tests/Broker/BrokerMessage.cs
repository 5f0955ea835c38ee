using System.Collections.Immutable;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>What a publisher gives and a consumer gets: bytes that the broker does not read, and headers.</summary>
internal sealed record BrokerMessage(ReadOnlyMemory<byte> Body)
{
    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Higher comes first, in a broker that orders by it.</summary>
    public int Priority { get; init; }

    public BrokerMessage With(string header, string value) => this with { Headers = Headers.SetItem(header, value) };
}
