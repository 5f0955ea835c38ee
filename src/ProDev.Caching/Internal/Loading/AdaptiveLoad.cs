using System.Runtime.InteropServices;

namespace ProDev.Caching.Internal;

/// <summary>A call of a factory that has its say in how its value is kept.</summary>
/// <param name="state">Passed to the factory.</param>
/// <param name="factory">Loads the value.</param>
/// <param name="options">What the call asked for. Not the caller's object, who may change it when the call has returned and the load still runs.</param>
/// <param name="defaults">For what the options leave open.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly struct AdaptiveLoad<TState, TValue>(
    TState state,
    Func<TState, CacheLoadContext, CancellationToken, ValueTask<TValue>> factory,
    CacheEntryOptions? options,
    EntrySettings defaults)
{
    public async ValueTask<TValue> RunAsync(Flight<TValue> flight)
    {
        var hasStale = flight.HasStale;
        var context = new CacheLoadContext(
            options is null ? new CacheEntryOptions() : options with { },
            flight.IsBackground,
            hasStale,
            hasStale ? flight.Stale : default);
        var value = await factory(state, context, flight.Token).ConfigureAwait(false);
        CacheEntryOptionsCheck.Require(context.Options);

        // The flags are what callers share a load by; they are the call's and stay so.
        flight.Settings = defaults.With(context.Options) with { Flags = flight.Flags };
        flight.IsStored = context.IsStored;
        return value;
    }
}
