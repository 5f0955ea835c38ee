namespace ProDev.Caching.Internal;

/// <summary>
/// What the second level looked like before a load began. A value that the load stores is bound to it: if the key or a tag has changed
/// since, the value is not written, or written and never current.
/// </summary>
/// <param name="IsKnown">Whether the second level could be asked. What was not asked for must not be written.</param>
/// <param name="Generation">The generation of the payload found; zero if there was none.</param>
/// <param name="TagVersions">The versions of <c>*</c> and then of the tags, in their order.</param>
/// <param name="AskedAt">The clock's timestamp from before the second level was asked.</param>
internal readonly record struct SecondLevelStamp(bool IsKnown, long Generation, long[] TagVersions, long AskedAt);
