namespace ProDev.Caching.Internal;

/// <summary>How a store, a backplane or locks stand.</summary>
/// <param name="Breaker">Whether it is asked.</param>
/// <param name="IsConnected">Whether it can be reached, where it knows; null: not known.</param>
internal sealed record PartState(BreakerState Breaker, bool? IsConnected = null);
