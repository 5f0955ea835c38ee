namespace ProDev.Caching.Internal;

/// <summary>What somebody else answered, if he did.</summary>
/// <param name="IsKnown">Whether there is an answer. Otherwise what was asked for may have happened or not, or may still happen.</param>
/// <param name="Value">The answer.</param>
internal readonly record struct Answer<T>(bool IsKnown, T Value);
