using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

/// <summary>A listener to measurements that throws is nobody's concern.</summary>
[Collection(WatchedAlone.Name)]
public sealed class CircuitListenerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly MeterListener _listener = new();

    public CircuitListenerTests()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "ProDev.Retry")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => throw new NotSupportedException("a broken listener"));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task CallerGetsTheOutcome_WhenAListenerThrows()
    {
        var breaker = TestBreakers.AfterFailures(1, _time);

        await Assert.ThrowsAsync<IOException>(async () => await breaker.ExecuteAsync<int>(static _ => throw new IOException()));
        Assert.Throws<CircuitOpenException>(() => breaker.Execute(static _ => 1));
        _time.Advance(TestBreakers.Break);

        Assert.Equal(7, breaker.Execute(static _ => 7));
        breaker.Enter().Failed();
        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void ObserverHearsOfEachChange_WhenAListenerThrows()
    {
        var told = new List<CircuitState>();
        var breaker = TestBreakers.AfterFailures(1, _time, o => o.OnChange = change =>
        {
            told.Add(change.To);
            if (told.Count == 1)
                throw new InvalidOperationException("a broken observer");
        });

        breaker.Fail();
        breaker.Reset();

        Assert.Equal([CircuitState.Open, CircuitState.Closed], told);
        Assert.Equal(1, breaker.Snapshot().CallbackFailures);
    }
}
