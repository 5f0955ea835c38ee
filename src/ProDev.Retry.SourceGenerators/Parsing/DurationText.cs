using System.Globalization;

namespace ProDev.Retry.SourceGenerators;

/// <summary>Reads durations, which attributes can only hold as text.</summary>
internal static class DurationText
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>Reads a duration, or reports what is wrong with it.</summary>
    public static TimeSpan? Read(string setting, string? text, MethodModel method, Findings findings)
    {
        if (text is null)
            return null;

        // Without a colon the constant format reads "30" as thirty days.
        var least = setting is "BaseDelay" or "MaxDelay" ? TimeSpan.Zero : TimeSpan.FromTicks(1);
        if (text.Contains(':') && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var duration) &&
            duration >= least && (setting == "Deadline" || duration <= Longest))
        {
            return duration;
        }

        findings.Add(RetryDiagnostics.MalformedDuration, method.DisplayName, setting, text, Allowed(setting));
        return null;
    }

    public static string Of(TimeSpan? duration) => duration?.ToString("c", CultureInfo.InvariantCulture) ?? "";

    private static string Allowed(string setting) => setting switch
    {
        "Deadline" => "above zero",
        "Timeout" => "above zero and at most 24.20:31:23.647",
        _ => "from zero to 24.20:31:23.647",
    };
}
