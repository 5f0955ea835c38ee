using System.Collections.Concurrent;

namespace ProDev.Build.StandIn;

/// <summary>The values that must not be printed. Grows while the build runs; never shrinks.</summary>
internal static class SecretMask
{
    private const string Masked = "[REDACTED]";

    private static readonly ConcurrentDictionary<string, bool> Values = new(StringComparer.Ordinal);

    public static void Add(string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            Values.TryAdd(value, true);
        }
    }

    /// <summary>Masks the longest values first, so that one inside another leaves nothing of the longer one.</summary>
    public static string Apply(string text) => Values.IsEmpty
        ? text
        : Values.Keys.OrderByDescending(value => value.Length)
            .Aggregate(text, (masked, value) => masked.Replace(value, Masked, StringComparison.Ordinal));
}
