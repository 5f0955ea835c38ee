using System.Diagnostics.Metrics;

namespace ProDev.Retry;

/// <summary>The measurements of hedging. Nothing is allocated, and nothing counted, while nobody listens.</summary>
internal static class HedgingTelemetry
{
    private static readonly Counter<long> Copies = RetryMeter.Counter(
        "prodev.hedging.copies", "{copy}", "Second and later copies that were started, by the reason: the delay passed, or a copy failed.");

    private static readonly Counter<long> Wins = RetryMeter.Counter(
        "prodev.hedging.wins", "{call}", "Calls that a second or later copy answered.");

    private static readonly Counter<long> Refusals = RetryMeter.Counter(
        "prodev.hedging.refusals", "{copy}", "Copies that the budget did not pay for.");

    public static void Started(string name, bool afterFailure) =>
        Copies.CountOne(Named(name), new KeyValuePair<string, object?>("hedging.reason", afterFailure ? "failure" : "delay"));

    public static void Won(string name) => Wins.CountOne(Named(name));

    public static void Refused(string name) => Refusals.CountOne(Named(name));

    private static KeyValuePair<string, object?> Named(string name) => new("hedging.policy", name);
}
