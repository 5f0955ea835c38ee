namespace ProDev.Caching.Internal;

/// <summary>How one call wants its value loaded and kept.</summary>
/// <param name="Settings">Times, levels and policies.</param>
/// <param name="Tags">The tags of the value.</param>
internal readonly record struct EntryPlan(EntrySettings Settings, IEnumerable<string>? Tags);
