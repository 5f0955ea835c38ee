using System.Globalization;

namespace ProDev.Jobs.SourceGenerators;

/// <summary>The rule for rates. The runtime checks the same one.</summary>
internal static class RateRule
{
    public const int MaxPermits = 1_000_000;

    /// <summary>Whether an empty bucket is full within ten years.</summary>
    public static bool Fills(int permits, long period, int burst) => (((period - 1) / permits) + 1) * burst <= TimeSpan.FromDays(3650).Ticks;

    /// <summary>Reads starts, a slash, and the unit of the period.</summary>
    public static bool TryRead(string text, out int permits, out long period)
    {
        (permits, period) = (0, 0);
        if (text.Length < 3 || text[text.Length - 2] != '/')
            return false;
        period = text[text.Length - 1] switch
        {
            's' => TimeSpan.TicksPerSecond,
            'm' => TimeSpan.TicksPerMinute,
            'h' => TimeSpan.TicksPerHour,
            _ => 0,
        };
        return period > 0
            && int.TryParse(text.Substring(0, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out permits)
            && permits is >= 1 and <= MaxPermits;
    }
}
