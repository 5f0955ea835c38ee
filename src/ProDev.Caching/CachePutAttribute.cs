namespace ProDev.Caching;

/// <summary>
/// Replaces a cached result by the result of a method of the same interface, which always runs, in the decorator that
/// <c>DecorateWithCache</c> puts before the service.
/// </summary>
/// <remarks>
/// <para>The method answers the same type as the cached one and has all the parameters of its key, by name and type; both are checked at
/// compile time. The result gets the tags and the options of the cached method.</para>
/// <para>When the method fails, the cached result is removed: a write that timed out may have happened. Results that were being loaded
/// meanwhile are not stored. Of two calls at the same time the one that returns last is remembered, whichever the service did last;
/// where that matters use <see cref="CacheInvalidatesAttribute"/>.</para>
/// </remarks>
/// <param name="method">
/// A cached method of the interface, best written with <c>nameof</c>; all its cached overloads are meant whose key this method has.
/// </param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class CachePutAttribute(string method) : Attribute
{
    /// <summary>The cached method whose result is replaced.</summary>
    public string Method { get; } = method;
}
