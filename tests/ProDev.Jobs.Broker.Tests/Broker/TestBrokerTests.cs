using Microsoft.Extensions.Time.Testing;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>The broker of these tests behaves as servers do.</summary>
public sealed class TestBrokerTests : IDisposable
{
    private const string Queue = "q";

    private readonly FakeTimeProvider _time = new();
    private readonly TestBroker _broker;
    private readonly List<Delivery> _received = [];

    public TestBrokerTests() => _broker = new TestBroker(_time);

    [Fact]
    public async Task NoMoreIsPushedThanTheWindow_UntilSomethingIsAcknowledged()
    {
        BrokerConnection connection = _broker.Connect();
        await PublishAsync(connection, 1, 2, 3);
        connection.Consume(Queue, 2, _received.Add);
        Assert.Equal([1, 2], Bodies());

        connection.Ack(_received[0].Tag);

        Assert.Equal([1, 2, 3], Bodies());
        Assert.All(_received, static d => Assert.False(d.IsRedelivered));
    }

    [Fact]
    public async Task MessageComesBackToItsPlaceMarkedAsRedelivered_WhenItIsGivenBack()
    {
        BrokerConnection connection = _broker.Connect();
        await PublishAsync(connection, 1, 2);
        connection.Consume(Queue, 1, _received.Add);

        connection.Nack(_received[0].Tag);

        Assert.Equal([1, 1], Bodies());
        Assert.True(_received[1].IsRedelivered);
    }

    [Fact]
    public async Task EverythingUnacknowledgedGoesToOthers_WhenTheConnectionIsLost()
    {
        BrokerConnection lost = _broker.Connect();
        await PublishAsync(lost, 1, 2, 3);
        lost.Consume(Queue, 2, static _ => { });

        lost.Close();
        _broker.Connect().Consume(Queue, 10, _received.Add);

        Assert.Equal([1, 2, 3], Bodies());
        Assert.Equal([true, true, false], _received.Select(static d => d.IsRedelivered));
        await Assert.ThrowsAsync<BrokerException>(() => lost.PublishAsync(Queue, Message(4)));
    }

    [Fact]
    public async Task ConnectionIsClosed_WhenItAcknowledgesTwice()
    {
        BrokerConnection connection = _broker.Connect();
        await PublishAsync(connection, 1);
        connection.Consume(Queue, 1, _received.Add);
        connection.Ack(1);

        Assert.Throws<BrokerException>(() => connection.Ack(1));

        Assert.False(connection.IsOpen);
        Assert.Equal(0, _broker.CountAll());
    }

    [Fact]
    public async Task ConsumersTakeTurns_WhenBothHaveRoom()
    {
        BrokerConnection connection = _broker.Connect();
        var other = new List<Delivery>();
        connection.Consume(Queue, 10, _received.Add);
        _broker.Connect().Consume(Queue, 10, other.Add);

        await PublishAsync(connection, 1, 2, 3, 4);

        Assert.Equal([1, 3], Bodies());
        Assert.Equal(2, other.Count);
    }

    [Fact]
    public async Task MessageComesWhenItsDelayHasPassed_AndNotBefore()
    {
        BrokerConnection connection = _broker.Connect();
        connection.Consume(Queue, 10, _received.Add);
        await connection.PublishAsync(Queue, Message(2), TimeSpan.FromSeconds(2));
        await connection.PublishAsync(Queue, Message(1), TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Empty(_received);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([1, 2], Bodies());
    }

    [Fact]
    public async Task DelayIsRefused_WhenTheBrokerHasNone()
    {
        using var broker = new TestBroker(_time, hasDelays: false);
        await Assert.ThrowsAsync<BrokerException>(() => broker.Connect().PublishAsync(Queue, Message(1), TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task HigherPriorityComesFirst_WhenTheBrokerOrdersByIt()
    {
        BrokerConnection connection = _broker.Connect();
        await connection.PublishAsync(Queue, Message(1));
        await connection.PublishAsync(Queue, Message(2) with { Priority = 5 });

        connection.Consume(Queue, 10, _received.Add);

        Assert.Equal([2, 1], Bodies());
    }

    [Fact]
    public async Task FaultsComeOnDemand_AndAsOftenAsAskedFor()
    {
        BrokerConnection connection = _broker.Connect();
        _broker.LoseConfirms(1);
        await Assert.ThrowsAsync<BrokerException>(() => PublishAsync(connection, 1));
        await PublishAsync(connection, 2);
        _broker.DoubleDeliveries(1);

        connection.Consume(Queue, 10, _received.Add);
        Assert.Equal([1, 2, 1], Bodies());
        Assert.Equal([false, false, true], _received.Select(static d => d.IsRedelivered));

        _broker.CutAt(_broker.Operations + 2);
        connection.Ack(1);
        Assert.Throws<BrokerException>(() => connection.Ack(2));
        Assert.True(_broker.WasCut);
        Assert.Equal([2, 1], _broker.Peek(Queue).Select(static m => (int)m.Body.Span[0]));
    }

    public void Dispose() => _broker.Dispose();

    private static BrokerMessage Message(byte body) => new(new[] { body });

    private static async Task PublishAsync(BrokerConnection connection, params byte[] bodies)
    {
        foreach (byte body in bodies)
            await connection.PublishAsync(Queue, Message(body));
    }

    private int[] Bodies() => [.. _received.Select(static d => (int)d.Message.Body.Span[0])];
}
