namespace ProDev.Caching.Internal;

/// <summary>What the second level had for a key.</summary>
/// <param name="Freshness">Whether there is a value, and whether it has expired.</param>
/// <param name="Value">The value, where there is one.</param>
/// <param name="Remaining">How long it is fresh, or, where it is stale, how long fail-safe may still serve it.</param>
/// <param name="Stamp">For the write after a load.</param>
/// <param name="Tags">
/// The tags the value was stored with, <c>*</c> left out; they need not be those that were asked for. Null where there is no value.
/// </param>
internal readonly record struct SecondLevelRead<T>(
    SecondLevelFreshness Freshness, T? Value, TimeSpan Remaining, SecondLevelStamp Stamp, IReadOnlyList<string>? Tags = null);
