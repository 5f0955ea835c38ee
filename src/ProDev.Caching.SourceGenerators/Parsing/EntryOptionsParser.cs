using System.Globalization;
using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>
/// Reads what <c>[Cached]</c> says about keeping results, by the rules that the cache itself has for its options, and writes it as
/// assignments. What is not set is not written.
/// </summary>
internal static class EntryOptionsParser
{
    private const string Runtime = "global::ProDev.Caching";
    private const string SoftTimeout = "FactorySoftTimeout";
    private const string HardTimeout = "FactoryHardTimeout";

    // Each with whether it may be zero.
    private static readonly (string Name, bool MayBeZero)[] Times =
    [
        ("Expiration", false), ("LocalExpiration", false), ("SlidingExpiration", false), ("JitterMaxDuration", true),
        ("FailSafeMaxDuration", true), ("FailSafeThrottleDuration", false), (SoftTimeout, true), (HardTimeout, false),
        ("NullExpiration", false), ("FailureExpiration", true),
    ];

    private static readonly (string Name, string Type, string[] Members)[] Choices =
    [
        ("Nulls", $"{Runtime}.NullCaching", ["Cache", "Skip"]), ("Isolation", $"{Runtime}.ValueIsolation", ["Auto", "Share", "Copy"]),
    ];

    public static List<string> Parse(ParseScope scope, AttributeData attribute, IMethodSymbol method, LocationModel? location)
    {
        var options = new List<string>();
        var times = new Dictionary<string, TimeSpan>();
        foreach (var (name, mayBeZero) in Times)
        {
            if (CachingAttributes.Value(attribute, name) is not string text)
                continue;
            if (Time(text) is { } time && (time > TimeSpan.Zero || (mayBeZero && time == TimeSpan.Zero)))
                options.Add($"{name} = {Code(times[name] = time)}");
            else
                Report($"{name} is '{text}'; it must be a time {(mayBeZero ? "of zero or more" : "greater than zero")}, written as [d.]hh:mm:ss[.fffffff], for example 00:10:00 for ten minutes.");
        }

        if (times.TryGetValue(SoftTimeout, out var soft) && times.TryGetValue(HardTimeout, out var hard) && soft >= hard)
            Report($"{SoftTimeout} is '{soft:c}'; it must be shorter than {HardTimeout}, which is '{hard:c}'.");
        ParseNumbers(attribute, options, Report);
        ParseChoices(attribute, options, Report);
        return options;

        void Report(string fault) => scope.Report(CachingDiagnostics.BadOption, location, method.ForPeople(), fault);
    }

    private static void ParseNumbers(AttributeData attribute, List<string> options, Action<string> report)
    {
        // Written so that NaN is a fault, too.
        if (CachingAttributes.Value(attribute, "EagerRefreshThreshold") is double threshold)
        {
            var text = threshold.ToString("R", CultureInfo.InvariantCulture);
            if (threshold > 0 && threshold < 1)
                options.Add($"EagerRefreshThreshold = {text}");
            else
                report($"EagerRefreshThreshold is '{text}'; it must lie between 0 and 1, both excluded.");
        }

        if (CachingAttributes.Value(attribute, "Weight") is long weight)
        {
            var text = weight.ToString(CultureInfo.InvariantCulture);
            if (weight >= 1)
                options.Add($"Weight = {text}");
            else
                report($"Weight is '{text}'; it must be at least 1.");
        }
    }

    private static void ParseChoices(AttributeData attribute, List<string> options, Action<string> report)
    {
        foreach (var (name, type, members) in Choices)
        {
            if (CachingAttributes.Value(attribute, name) is not int number)
                continue;
            if (number >= 0 && number < members.Length)
                options.Add($"{name} = {type}.{members[number]}");
            else
                report($"{name} is '{number.ToString(CultureInfo.InvariantCulture)}'; it must be one of {string.Join(", ", members)}.");
        }
    }

    // Without a colon the text would be read as days: "30" is more likely meant as anything else.
    private static TimeSpan? Time(string text) =>
        text.Contains(':') && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) ? time : null;

    private static string Code(TimeSpan time) => $"global::System.TimeSpan.FromTicks({time.Ticks.ToString(CultureInfo.InvariantCulture)}) /* {time:c} */";
}
