namespace ProDev.Caching;

/// <summary>
/// Removes cached results when a method of the same interface has run, in the decorator that <c>DecorateWithCache</c> puts
/// before the service.
/// </summary>
/// <remarks>
/// <para>Given a cached method: if this method has all the parameters of its key, by name and type, that one result is
/// removed. Otherwise the results with its tags are, as far as this method's parameters can fill them in; where a tag with
/// parameters can be filled in, those without are left alone. If neither is possible, the generator says so.</para>
/// <para>Given <see cref="Tags"/>: the results with those tags are removed, too.</para>
/// <para>The removal happens after the method has run, also when it failed: a write that timed out may have happened, and
/// a needless removal costs one load. A result that was being loaded meanwhile is not stored.</para>
/// </remarks>
/// <param name="method">
/// A cached method of the interface, best written with <c>nameof</c>; all its cached overloads are meant. Null: tags only.
/// </param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class CacheInvalidatesAttribute(string? method = null) : Attribute
{
    /// <summary>The cached method whose results are removed; null: those with <see cref="Tags"/> only.</summary>
    public string? Method { get; } = method;

    /// <summary>Tags whose results are removed, written as in <see cref="CachedAttribute.Tags"/> with this method's parameters.</summary>
    /// <value>None.</value>
    public string[] Tags { get; set; } = [];
}
