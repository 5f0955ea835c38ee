namespace ProDev.Caching;

/// <summary>
/// Makes what the caller's surroundings say, such as the tenant, a part of the key of a cached method, or of all cached methods of an
/// interface.
/// </summary>
/// <remarks>
/// The part is taken from the container together with the decorated service, so a part of a singleton must be a singleton, and is asked
/// at each call. Invalidation by key removes the result of the surroundings it is called in. A method with such a part is never run
/// without its caller: values are not refreshed in the background.
/// </remarks>
/// <typeparam name="T">The part, as it is registered.</typeparam>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Method, AllowMultiple = true)]
public sealed class CacheVaryByAttribute<T> : Attribute
    where T : class, ICacheKeyPart;
