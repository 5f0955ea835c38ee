using System.Globalization;

namespace ProDev.Jobs.SourceGenerators;

/// <summary>The rule for time limits. The runtime checks the same range.</summary>
internal static class TimeLimitRule
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Reads hours, minutes and seconds; two colons are asked for because "30" alone would mean days.</summary>
    public static bool TryRead(string text, out TimeSpan limit) => TryRead(text, Longest, out limit);

    /// <summary>The same for a duration with another limit.</summary>
    public static bool TryRead(string text, TimeSpan longest, out TimeSpan limit)
        => TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out limit)
            && text.Count(c => c == ':') == 2
            && limit > TimeSpan.Zero
            && limit <= longest;
}
