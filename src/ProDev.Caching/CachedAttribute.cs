namespace ProDev.Caching;

/// <summary>
/// Caches the results of a method by its arguments, in the decorator that <c>DecorateWithCache</c> puts before the service.
/// </summary>
/// <remarks>
/// <para>Stands on a method of an interface that answers a value, a <c>Task&lt;T&gt;</c> or a <c>ValueTask&lt;T&gt;</c>. The key is
/// made of all parameters except a <c>CancellationToken</c> and those marked <see cref="CacheKeyIgnoreAttribute"/>; each must
/// be a value by its type, which the generator checks. Arguments that are equal by <c>Equals</c> share a result: for a
/// <see cref="DateTime"/> the kind makes no difference, for a <see cref="DateTimeOffset"/> the offset, for a <see cref="decimal"/> the
/// trailing zeros, and for a <see cref="Uri"/> the fragment and the user information. Null results are cached; exceptions are not.</para>
/// <para>Callers who miss the same arguments at the same moment share one call of the method, made on the service instance of
/// the first of them. The token that call sees is cancelled when all of them have cancelled. If the first caller gives up and
/// the call fails after that, the others make one on an instance of their own. A method that answers at once,
/// without a task, is cached too; those who wait for another caller's result then block.</para>
/// <para>Results are shared between callers and scopes; see <see cref="Isolation"/> for those that can be changed. Do not cache what
/// depends on anything but the arguments, such as the current user, unless <see cref="CacheVaryByAttribute{T}"/> names it.</para>
/// <para>A generic method has results of its own for each list of type arguments. A load that goes on in the background, as options may
/// allow, runs on a service of a scope of its own.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CachedAttribute : Attribute
{
    /// <summary>How long a result counts as fresh, as <c>[d.]hh:mm:ss[.fffffff]</c> like all times here. Greater than zero; checked at compile time.</summary>
    /// <value>null, as for all times here: <see cref="ProDevCachingOptions.DefaultEntryOptions"/>.</value>
    public string? Expiration { get; set; }

    /// <inheritdoc cref="CacheEntryOptions.LocalExpiration" path="/summary"/>
    public string? LocalExpiration { get; set; }

    /// <inheritdoc cref="CacheEntryOptions.SlidingExpiration" path="/summary"/>
    public string? SlidingExpiration { get; set; }

    /// <inheritdoc cref="CacheEntryOptions.JitterMaxDuration" path="/summary"/>
    public string? JitterMaxDuration { get; set; }

    /// <inheritdoc cref="CacheEntryOptions.FailSafeMaxDuration" path="/summary"/>
    public string? FailSafeMaxDuration { get; set; }

    /// <inheritdoc cref="CacheEntryOptions.FailSafeThrottleDuration" path="/summary"/>
    public string? FailSafeThrottleDuration { get; set; }

    /// <inheritdoc cref="CacheEntryOptions.FactorySoftTimeout" path="/summary"/>
    public string? FactorySoftTimeout { get; set; }

    /// <inheritdoc cref="CacheEntryOptions.FactoryHardTimeout" path="/summary"/>
    public string? FactoryHardTimeout { get; set; }

    /// <inheritdoc cref="CacheEntryOptions.EagerRefreshThreshold" path="/summary"/>
    /// <value>Not set: <see cref="ProDevCachingOptions.DefaultEntryOptions"/>.</value>
    public double EagerRefreshThreshold { get; set; }

    /// <inheritdoc cref="CacheEntryOptions.Nulls" path="/summary"/>
    /// <value>Not set: <see cref="ProDevCachingOptions.DefaultEntryOptions"/>.</value>
    public NullCaching Nulls { get; set; }

    /// <inheritdoc cref="CacheEntryOptions.NullExpiration" path="/summary"/>
    public string? NullExpiration { get; set; }

    /// <inheritdoc cref="CacheEntryOptions.FailureExpiration" path="/summary"/>
    public string? FailureExpiration { get; set; }

    /// <inheritdoc cref="CacheEntryOptions.Weight" path="/summary"/>
    /// <value>Not set: <see cref="ProDevCachingOptions.DefaultEntryOptions"/>.</value>
    public long Weight { get; set; }

    /// <summary>
    /// Whether callers share the object in this process's memory or get a copy each. A result whose type is not proven immutable
    /// asks for an answer, by a warning at compile time.
    /// </summary>
    /// <value>Not set: <see cref="ValueIsolation.Share"/> when the type is proven immutable, else <see cref="ProDevCachingOptions.DefaultEntryOptions"/>.</value>
    public ValueIsolation Isolation { get; set; }

    /// <summary>
    /// Names to remove results by, with parameters in braces: <c>country:{country}</c>. The text of an argument does not
    /// depend on the culture. A parameter must be part of the key. <c>{{</c> and <c>}}</c> are braces.
    /// </summary>
    /// <value>None.</value>
    public string[] Tags { get; set; } = [];
}
