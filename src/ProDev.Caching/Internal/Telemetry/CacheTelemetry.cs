using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace ProDev.Caching.Internal;

/// <summary>What one cache tells about itself: measurements, traces, logs. Nothing is allocated while nobody listens.</summary>
internal sealed class CacheTelemetry(string name, ILogger logger)
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string SourceName = "ProDev.Caching";

    private static readonly Meter Meter = new(SourceName);
    private static readonly ActivitySource Activities = new(SourceName);
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("prodev.cache.requests", "{request}", "Reads, by what came of them: hit, miss, stale.");
    private static readonly Histogram<double> Loads = Meter.CreateHistogram<double>("prodev.cache.load.duration", "s", "How long factories took, by outcome.");
    private static readonly Counter<long> Evictions = Meter.CreateCounter<long>("prodev.cache.evictions", "{entry}", "Entries that had to leave memory before they expired.");

    private readonly ConcurrentQueue<(CacheEventKind Kind, object Key)> _left = new();

    /// <summary>Whether loads have to be measured or traced.</summary>
    public static bool IsObserved => Loads.Enabled || Activities.HasListeners();

    /// <summary>Counts a hit. On the hot path: one comparison while nobody listens.</summary>
    public void Hit()
    {
        if (Requests.Enabled)
            Count("hit");
    }

    /// <summary>Who wants to know what happens to values. Null: nobody, and no event is made.</summary>
    public event EventHandler<CacheEventArgs>? Happened;

    /// <summary>The cache, as the listeners see it.</summary>
    public object? Sender { get; set; }

    /// <summary>Notes that an entry had to leave. Eviction holds its lock meanwhile, so listeners hear of it at <see cref="Flush"/>.</summary>
    public void Left<TKey>(CacheEventKind kind, TKey key)
        where TKey : notnull
    {
        if (Happened is not null || Evictions.Enabled)
            _left.Enqueue((kind, key));
    }

    /// <summary>Tells the listener of the entries that had to leave. Not to be called under a lock.</summary>
    public void Flush()
    {
        while (_left.TryDequeue(out var left))
            Raise(left.Kind, left.Key);
    }

    /// <summary>Tells the listeners. What one throws is logged and concerns nobody else.</summary>
    public void Raise<TKey>(CacheEventKind kind, TKey key, Exception? error = null)
        where TKey : notnull
    {
        if (kind == CacheEventKind.Evicted)
            CountEviction();
        if (Happened is not { } listeners)
            return;
        var happened = new CacheEventArgs(kind, key, error);
        foreach (var listener in Delegate.EnumerateInvocationList(listeners))
        {
            try
            {
                listener(Sender, happened);
            }
            catch (Exception exception)
            {
                CacheLog.ListenerFailed(logger, name, kind, exception);
            }
        }
    }

    /// <summary>Counts a read that memory could not answer.</summary>
    public void Miss()
    {
        if (Requests.Enabled)
            Count("miss");
    }

    /// <summary>A factory is about to run.</summary>
    public MeasuredLoad StartLoad(Flight flight)
    {
        if (!IsObserved)
            return default;
        Activity? activity = null;
        try
        {
            // A refresh is nobody's child: whoever happened to read when it was due did not ask for it.
            activity = Activities.StartActivity("cache.load", ActivityKind.Internal, flight.IsBackground ? default(ActivityContext) : Activity.Current?.Context ?? default);
            activity?.SetTag("cache.name", name).SetTag("cache.background", flight.IsBackground);
        }
        catch (Exception exception)
        {
            CacheLog.MeasurementFailed(logger, name, exception);
        }

        return new MeasuredLoad(this, activity, Stopwatch.GetTimestamp());
    }

    public void LoadEnded(Activity? activity, long startedAt, bool succeeded)
    {
        try
        {
            Loads.Record(
                Stopwatch.GetElapsedTime(startedAt).TotalSeconds,
                new KeyValuePair<string, object?>("cache.name", name),
                new KeyValuePair<string, object?>("cache.outcome", succeeded ? "success" : "failure"));
        }
        catch (Exception exception)
        {
            CacheLog.MeasurementFailed(logger, name, exception);
        }

        try
        {
            activity?.SetStatus(succeeded ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
            activity?.Dispose();
        }
        catch (Exception exception)
        {
            CacheLog.MeasurementFailed(logger, name, exception);
        }
    }

    public void LoadFailed<TKey>(TKey key, Flight flight, bool isStaleServed, Exception exception)
        where TKey : notnull
    {
        if (flight.IsBackground)
            CacheLog.RefreshFailed(logger, name, exception);
        else if (isStaleServed)
            CacheLog.StaleServed(logger, name, exception);
        if (isStaleServed && !flight.IsBackground && Requests.Enabled)
            Count("stale");
        Raise(isStaleServed && !flight.IsBackground ? CacheEventKind.StaleServed : CacheEventKind.LoadFailed, key, exception);
    }

    public void LoadTimedOut<TKey>(TKey key, EntrySettings settings, bool isStaleServed)
        where TKey : notnull
    {
        if (!isStaleServed)
        {
            CacheLog.LoadTimedOut(logger, name, settings.FactoryHardTimeout);
            return;
        }

        if (Requests.Enabled)
            Count("stale");
        Raise(CacheEventKind.StaleServed, key);
    }

    private void CountEviction()
    {
        try
        {
            Evictions.Add(1, new KeyValuePair<string, object?>("cache.name", name));
        }
        catch (Exception exception)
        {
            CacheLog.MeasurementFailed(logger, name, exception);
        }
    }

    // What a listener to the meter throws is logged, as with the listeners to the events.
    private void Count(string outcome)
    {
        try
        {
            Requests.Add(1, new KeyValuePair<string, object?>("cache.name", name), new KeyValuePair<string, object?>("cache.outcome", outcome));
        }
        catch (Exception exception)
        {
            CacheLog.MeasurementFailed(logger, name, exception);
        }
    }
}
