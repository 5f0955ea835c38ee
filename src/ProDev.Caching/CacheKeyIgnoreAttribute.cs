namespace ProDev.Caching;

/// <summary>
/// Keeps a parameter of a cached method out of the key, because the result does not depend on it: a logger, a progress
/// report. The method sees the argument of whichever caller loads.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CacheKeyIgnoreAttribute : Attribute;
