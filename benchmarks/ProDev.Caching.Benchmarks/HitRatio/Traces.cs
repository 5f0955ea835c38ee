using System.Globalization;

namespace ProDev.Caching.Benchmarks;

/// <summary>Sequences of keys. Every call makes the same ones, on every machine.</summary>
public static class Traces
{
    private const int Keys = 100_000;
    private const int Accesses = 1_000_000;

    /// <summary>Keys whose popularity falls with a power of their rank, as that of web pages and products does.</summary>
    public static IEnumerable<string> Zipf(double exponent)
    {
        var ranks = new ZipfRanks(Keys, exponent, seed: 1);
        for (var access = 0; access < Accesses; access++)
            yield return Key(ranks.Next());
    }

    /// <summary>The same, interrupted by scans: keys in sequence, each used once and never again.</summary>
    /// <param name="scan">How many keys a scan reads; as many other accesses lie between two scans.</param>
    public static IEnumerable<string> ZipfWithScans(int scan)
    {
        var ranks = new ZipfRanks(Keys, exponent: 1.0, seed: 2);
        for (var access = 0; access < Accesses; access++)
            yield return Key(access / scan % 2 == 0 ? ranks.Next() : Keys + access);
    }

    /// <summary>The same keys in the same order, again and again.</summary>
    /// <param name="length">How many keys.</param>
    public static IEnumerable<string> Loop(int length)
    {
        for (var access = 0; access < Accesses; access++)
            yield return Key(access % length);
    }

    /// <summary>New keys all the time, each read about once more soon after, and then never again. Popularity says nothing here.</summary>
    /// <param name="reach">How many keys back the second reads go at most; short ways are more frequent.</param>
    public static IEnumerable<string> Recency(int reach)
    {
        var ways = new ZipfRanks(reach, exponent: 0.5, seed: 3);
        for (var access = 0; access < Accesses; access++)
            yield return Key(access % 2 == 0 ? access / 2 : Math.Max(0, (access / 2) - ways.Next()));
    }

    private static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"city:{number}");
}
