using Microsoft.Extensions.Logging;

namespace ProDev.Caching.Internal;

/// <summary>
/// The second level as a store of values: envelopes, serialization, compression, timeouts, circuit breaker, recovery. No method
/// but for a caller's cancellation throws: an outage is a miss, and what could not be delivered is delivered later.
/// </summary>
internal sealed partial class SecondLevel : IAsyncDisposable
{
    private readonly IDistributedCacheStore _store;
    private readonly ICacheLoadLocks? _locks;
    private readonly SecondLevelOptions _options;
    private readonly CacheSerializers _serializers;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TimeSpan _timeout;
    private readonly StoreGate _gate;
    private readonly StoreGate _lockGate;
    private readonly Notices _notices;
    private readonly Recovery _recovery;

    public SecondLevel(SecondLevelParts parts)
    {
        _store = parts.Store;
        _locks = parts.Locks;
        _options = parts.Options;
        _serializers = parts.Serializers;
        _name = parts.Name;
        _time = parts.Time;
        _logger = new HarmlessLogger(parts.Logger);
        _timeout = parts.Timeout;
        _gate = Gate("second level");
        _lockGate = Gate("load locks");
        var backplaneGate = Gate("backplane");
        _notices = new Notices(parts.Backplane, backplaneGate, _timeout, _name, _logger);
        _recovery = new Recovery(_options.MaximumPendingChanges, DeliverAsync, RetryAfter, Overflowed, Recovered);
        _recovery.Start(_time);
        _gate.Answering = _recovery.Try;
        backplaneGate.Answering = _recovery.Try;
    }

    /// <summary>Changes that wait for the store or the other processes.</summary>
    internal Recovery Recovery => _recovery;

    /// <summary>How it stands at this moment. Looks, and asks nobody.</summary>
    public SecondLevelState State =>
        new(new PartState(_gate.Breaker.State), _notices.State, _locks is null ? null : new PartState(_lockGate.Breaker.State), _recovery.Pending.Count);

    /// <summary>Begins to hear of the changes of other processes. Called once.</summary>
    public void Listen(ISecondLevelListener listener) => _notices.Listen(listener);

    /// <summary>Ends listening and recovery. Changes that are still pending are lost to the other processes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _notices.DisposeAsync().ConfigureAwait(false);
        await _recovery.DisposeAsync().ConfigureAwait(false);
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private StoreGate Gate(string part) => new(part, _name, new CircuitBreaker(_options.BreakThreshold, _options.BreakDuration, _time), _time, _logger);

    // An open breaker would turn the try away.
    private TimeSpan RetryAfter() => _gate.Breaker.Remaining is { Ticks: > 0 } remaining ? remaining : _options.BreakDuration;

    private void Overflowed() => CacheLog.RecoveryOverflowed(_logger, _options.MaximumPendingChanges, _name);

    private void Recovered(int count) => CacheLog.Recovered(_logger, _name, count);
}
