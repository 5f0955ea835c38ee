using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Hybrid;
using ProDev.Caching.Internal;

namespace ProDev.Caching;

/// <summary>
/// A <see cref="HybridCache"/> in memory. However many callers miss a key at the same moment, its factory runs once; a hit
/// allocates nothing, also when the key is an interpolated string; and a load that began before its key or one of its tags
/// was removed is never stored.
/// </summary>
/// <remarks>
/// <para>Safe for use by any number of threads. Values are shared, not copied: treat what comes out as read-only.</para>
/// <para>A key has one value. Reading it as another type than it was stored as is a miss; loading or setting it replaces the
/// old value. The type is the one the call names, so a value stored as <c>List&lt;int&gt;</c> is not found as
/// <c>IReadOnlyList&lt;int&gt;</c>.</para>
/// <para>Time comes from the <see cref="TimeProvider"/>. For the system's own it is read with the precision of
/// the operating system's tick, 1 to 16 milliseconds.</para>
/// <para>Entries that expired or lost a tag are never served. Their memory is given back by later writes, each of which looks at
/// two entries, and by <c>RemoveByTagAsync("*")</c>; there is no timer. Without a second level there is nothing to dispose.</para>
/// </remarks>
public sealed partial class ProDevHybridCache : HybridCache, IAsyncDisposable, IDisposable
{
    private readonly CacheCore _core;
    private readonly CacheStore<string> _store;
    private readonly bool _readsLocal;
    private volatile bool _isDisposed;
    private readonly ConcurrentDictionary<string, CacheEntry>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    /// <summary>Makes a cache. Applications register one with <c>AddProDevCaching</c> instead.</summary>
    /// <param name="options">The settings; null: the defaults.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every such option.</exception>
    public ProDevHybridCache(ProDevCachingOptions? options = null, TimeProvider? timeProvider = null)
        : this(options ?? new ProDevCachingOptions(), new CacheParts { Time = timeProvider ?? TimeProvider.System })
    {
    }

    internal ProDevHybridCache(ProDevCachingOptions options, CacheParts parts)
    {
        var faults = ProDevCachingOptionsValidator.Faults(options).ToList();
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(" ", faults), nameof(options));
        _core = new CacheCore(options, parts);
        _core.Telemetry.Sender = this;
        _readsLocal = _core.Defaults.ReadsLocal;
        _store = new CacheStore<string>(_core, StringKeyFormat.Instance);
        _bySpan = _store.Entries.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>
    /// Tells what happens to values in this process's memory, hits and misses excepted: those are counted by the meter <c>ProDev.Caching</c>.
    /// Called on the thread where it happens, so a listener returns at once; what it throws is logged. While nobody listens, nothing is made.
    /// </summary>
    public event EventHandler<CacheEventArgs> Happened
    {
        add => _core.Telemetry.Happened += value;
        remove => _core.Telemetry.Happened -= value;
    }

    /// <summary>The parts that the typed stores of decorated methods share with this cache.</summary>
    internal CacheCore Core => _core;

    /// <summary>For the health check.</summary>
    internal bool IsDisposed => _isDisposed;

    /// <summary>
    /// Reads a value, or loads and stores it. Callers who miss at the same moment with the same key, type and flags share one
    /// call of the factory and its outcome, also an exception, which is not stored. Only when the caller whose factory runs
    /// has cancelled, and the factory fails after that, do the others run one of theirs.
    /// </summary>
    /// <param name="key">The key. Any string but null.</param>
    /// <param name="state">Passed to the factory, so that it needs no closure.</param>
    /// <param name="factory">
    /// Loads the value. It starts on the first caller's thread and in its execution context. Its token is cancelled when
    /// every caller has cancelled, not when one of several has. It must not ask for its own key: it would wait for itself.
    /// </param>
    /// <param name="options">
    /// Null: the cache's defaults. The value is kept for the smaller of the two expirations; zero or less: it is not
    /// kept. With <see cref="HybridCacheEntryFlags.DisableUnderlyingData"/> a miss answers default.
    /// </param>
    /// <param name="tags">Names to remove the value by. Looked at on a miss only; those of the caller whose factory runs count.</param>
    /// <param name="cancellationToken">Ends this caller's wait. A hit is answered even when it is cancelled.</param>
    /// <typeparam name="TState">The type of <paramref name="state"/>.</typeparam>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <returns>The value. It may be null, if the factory's was.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="factory"/> is null.</exception>
    /// <exception cref="ArgumentException">A tag is empty, or <c>*</c>.</exception>
    /// <exception cref="OperationCanceledException">This caller's token was cancelled first; carries that token.</exception>
    public override ValueTask<T> GetOrCreateAsync<TState, T>(
        string key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> factory,
        HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(factory);
        return Reads(options) && _store.TryHit<T>(key, out var entry)
            ? new ValueTask<T>(entry.Value)
            : LoadAsync(key, state, factory, options, tags, cancellationToken);
    }

    /// <summary>As the overload with a string; the key becomes a string only on a miss.</summary>
    /// <inheritdoc cref="GetOrCreateAsync{TState, T}(string, TState, Func{TState, CancellationToken, ValueTask{T}}, HybridCacheEntryOptions?, IEnumerable{string}?, CancellationToken)"/>
    public override ValueTask<T> GetOrCreateAsync<TState, T>(
        ReadOnlySpan<char> key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> factory,
        HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return Reads(options) && _bySpan.TryGetValue(key, out var found) && _store.IsHit<T>(found, out var entry)
            ? new ValueTask<T>(entry.Value)
            : LoadAsync(key.ToString(), state, factory, options, tags, cancellationToken);
    }

    /// <summary>
    /// Ends what the second level does in the background: hearing of other processes, delivering what an outage has held up. Without a second level there is
    /// nothing to end. The container does it.
    /// </summary>
    /// <returns>A task that completes when all of it has ended.</returns>
    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        return _core.SecondLevel?.DisposeAsync() ?? default;
    }

    /// <summary>As <see cref="DisposeAsync"/>, without waiting for the end.</summary>
    public void Dispose() => Background.Run(DisposeAsync());

    private bool Reads(HybridCacheEntryOptions? options) =>
        options?.Flags is not { } flags ? _readsLocal : !flags.HasFlag(HybridCacheEntryFlags.DisableLocalCacheRead);

    private EntryPlan Plan(HybridCacheEntryOptions? options, IEnumerable<string>? tags) => new(_core.Defaults.With(options), tags);

    private ValueTask<T> LoadAsync<TState, T>(
        string key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> factory,
        HybridCacheEntryOptions? options,
        IEnumerable<string>? tags,
        CancellationToken cancellationToken)
    {
        var plan = Plan(options, tags);
        return plan.Settings.RunsFactory
            ? _store.LoadAsync(
                key, (state, factory), static ((TState state, Func<TState, CancellationToken, ValueTask<T>> factory) call, Flight<T> flight) => call.factory(call.state, flight.Token), plan, cancellationToken)
            : ProbeAsync<T>(key, plan, cancellationToken);
    }

    private async ValueTask<T> ProbeAsync<T>(string key, EntryPlan plan, CancellationToken cancellationToken) =>
        (await _store.ProbeAsync<T>(key, plan, cancellationToken).ConfigureAwait(false)).Value!;
}
