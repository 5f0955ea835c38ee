using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Internal;

/// <summary>How one call wants its value loaded and kept.</summary>
/// <param name="Lifetime">How long the value is kept; zero or less: not at all.</param>
/// <param name="Flags">Which levels the call reads and writes.</param>
/// <param name="Tags">The tags of the value.</param>
internal readonly record struct EntryPlan(TimeSpan Lifetime, HybridCacheEntryFlags Flags, IEnumerable<string>? Tags)
{
    public bool Reads => !Flags.HasFlag(HybridCacheEntryFlags.DisableLocalCacheRead);

    public bool Writes => !Flags.HasFlag(HybridCacheEntryFlags.DisableLocalCacheWrite) && Lifetime > TimeSpan.Zero;
}
