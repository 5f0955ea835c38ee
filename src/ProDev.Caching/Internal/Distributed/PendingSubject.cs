namespace ProDev.Caching.Internal;

/// <summary>What a pending change is about.</summary>
/// <param name="IsTag">Whether it is a tag; else a key.</param>
/// <param name="Text">The text of the key or the tag.</param>
internal readonly record struct PendingSubject(bool IsTag, string Text);
