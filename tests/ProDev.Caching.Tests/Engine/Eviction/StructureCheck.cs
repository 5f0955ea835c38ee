using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

/// <summary>Checks that lists, counts and weights of a policy agree with each other, and with the limit.</summary>
internal static class StructureCheck
{
    public static void AssertConsistent(WindowTinyLfu policy, long limit, bool weighs = false)
    {
        foreach (var segment in policy.Segments)
            AssertConsistent(segment, weighs);
        Assert.Equal(policy.Segments.Sum(segment => segment.Count), policy.Count);
        Assert.Equal(policy.Segments.Sum(segment => segment.Weight), policy.Weight);
        Assert.InRange(policy.Weight, 0, limit);
        Assert.Equal(limit, policy.Size.Window + policy.Size.Main);
        Assert.InRange(policy.Size.Window, Math.Max(1, limit / 100), Math.Max(1, limit - (limit / 5)));
    }

    private static void AssertConsistent(EntryList segment, bool weighs)
    {
        var entries = new HashSet<CacheEntry>();
        CacheEntry? newer = null;
        for (var entry = segment.Newest; entry is not null; newer = entry, entry = entry.Older)
        {
            Assert.True(entries.Add(entry), "The list runs in a circle.");
            Assert.Same(segment, entry.Segment);
            Assert.Same(newer, entry.Newer);
            Assert.False(entry.IsRemoved, "An entry that was removed is still in the policy.");
            Assert.Null(entry.ChangedBefore);
        }

        Assert.Same(newer, segment.Oldest);
        Assert.Equal(entries.Count, segment.Count);
        Assert.Equal(entries.Sum(entry => weighs ? entry.Weight : 1), segment.Weight);
        Assert.True(segment.Cursor is null || entries.Contains(segment.Cursor), "The hand points at an entry that has left.");
    }
}
