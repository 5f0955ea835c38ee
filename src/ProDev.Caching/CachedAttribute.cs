namespace ProDev.Caching;

/// <summary>
/// Caches the results of a method by its arguments, in the decorator that <c>DecorateWithCache</c> puts before the service.
/// </summary>
/// <remarks>
/// <para>Stands on a method of an interface that answers a value, a <c>Task&lt;T&gt;</c> or a <c>ValueTask&lt;T&gt;</c>. The key is
/// made of all parameters except a <c>CancellationToken</c> and those marked <see cref="CacheKeyIgnoreAttribute"/>; each must
/// be a value by its type, which the generator checks. Arguments that are equal by <c>Equals</c> share a result: for a
/// <see cref="DateTime"/> the kind makes no difference, for a <see cref="DateTimeOffset"/> the offset, for a <see cref="decimal"/> the
/// trailing zeros, and for a <see cref="Uri"/> the fragment. Null results are cached; exceptions are not.</para>
/// <para>Callers who miss the same arguments at the same moment share one call of the method, made on the service instance of
/// the first of them. The token that call sees is cancelled when all of them have cancelled. If the first caller gives up and
/// the call fails after that, the others make one on an instance of their own. A method that answers at once,
/// without a task, is cached too; those who wait for another caller's result then block.</para>
/// <para>Results are shared between callers and scopes, not copied: treat them as read-only, and do not cache what depends on
/// anything but the arguments, such as the current user.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CachedAttribute : Attribute
{
    /// <summary>How long a result is kept, as <c>[d.]hh:mm:ss[.fffffff]</c>. Greater than zero; checked at compile time.</summary>
    /// <value>null: <see cref="ProDevCachingOptions.DefaultEntryOptions"/>.</value>
    public string? Expiration { get; set; }

    /// <summary>
    /// Names to remove results by, with parameters in braces: <c>country:{country}</c>. The text of an argument does not
    /// depend on the culture. A parameter must be part of the key. <c>{{</c> and <c>}}</c> are braces.
    /// </summary>
    /// <value>None.</value>
    public string[] Tags { get; set; } = [];
}
