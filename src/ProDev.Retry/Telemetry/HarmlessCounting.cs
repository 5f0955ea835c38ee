using System.Diagnostics.Metrics;

namespace ProDev.Retry;

/// <summary>
/// Counts without harm: nothing is allocated while nobody listens, and what a listener throws is dropped, as everywhere in this package: it would
/// take the place of an operation's outcome.
/// </summary>
internal static class HarmlessCounting
{
    public static void CountOne(this Counter<long> counter, KeyValuePair<string, object?> tag)
    {
        if (!counter.Enabled)
            return;
        try
        {
            counter.Add(1, tag);
        }
        catch (Exception)
        {
            // Dropped.
        }
    }

    public static void CountOne(this Counter<long> counter, KeyValuePair<string, object?> tag, KeyValuePair<string, object?> second)
    {
        if (!counter.Enabled)
            return;
        try
        {
            counter.Add(1, tag, second);
        }
        catch (Exception)
        {
            // Dropped.
        }
    }
}
