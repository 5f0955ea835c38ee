using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ProDev.Jobs.Tests;

/// <summary>Keeps what the meter says about one job.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly string _job;

    public Measurements(string job)
    {
        _job = job;
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "ProDev.Jobs")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> All { get; } = new();

    /// <summary>Thrown at whoever measures this job.</summary>
    public Exception? Failure { get; set; }

    public IEnumerable<(double Value, Dictionary<string, object?> Tags)> Of(string name)
        => All.Where(m => m.Name == name).Select(m => (m.Value, m.Tags));

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Dictionary<string, object?> all = new(tags.ToArray(), StringComparer.Ordinal);
        if ((string?)all["prodev.job.name"] != _job)
            return;
        All.Enqueue((instrument.Name, value, all));
        if (Failure is { } failure)
            throw failure;
    }
}
