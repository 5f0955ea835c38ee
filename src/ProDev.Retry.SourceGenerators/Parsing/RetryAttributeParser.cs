using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ProDev.Retry.SourceGenerators;

/// <summary>Reads and checks the values of a <c>[Retry]</c> attribute.</summary>
internal static class RetryAttributeParser
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(int.MaxValue);

    public static RetrySettings Parse(AttributeData attribute, MethodModel method, Findings findings)
    {
        var values = attribute.NamedArguments.ToDictionary(pair => pair.Key, pair => pair.Value.Value);
        var settings = new RetrySettings(
            Value("Policy") as string,
            MaxAttempts(Value("MaxAttempts"), method, findings),
            Duration("BaseDelay", TimeSpan.Zero),
            Duration("MaxDelay", TimeSpan.Zero),
            Duration("Deadline", TimeSpan.FromTicks(1)));

        // Counted from the attribute, so that a malformed value still shows that it was given.
        var others = values.Keys.Where(key => key != "Policy").OrderBy(key => key, StringComparer.Ordinal).ToList();
        if (settings.Policy is not null && others.Count > 0)
            findings.Add(RetryDiagnostics.PolicyWithSettings, method.DisplayName, settings.Policy, string.Join(", ", others));
        if (settings.BaseDelay > settings.MaxDelay)
            findings.Add(RetryDiagnostics.DelaysContradict, method.DisplayName, Text(settings.BaseDelay), Text(settings.MaxDelay));
        return settings;

        object? Value(string name) => values.TryGetValue(name, out var value) ? value : null;

        TimeSpan? Duration(string name, TimeSpan least)
        {
            if (Value(name) is not string text)
                return null;

            // Without a colon the constant format reads "30" as thirty days.
            if (text.Contains(':') && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var duration) &&
                duration >= least && (name == "Deadline" || duration <= LongestDelay))
            {
                return duration;
            }

            findings.Add(RetryDiagnostics.MalformedDuration, method.DisplayName, name, text, Allowed(name));
            return null;
        }
    }

    private static int? MaxAttempts(object? value, MethodModel method, Findings findings)
    {
        if (value is not int attempts)
            return null;
        if (attempts < 1)
            findings.Add(RetryDiagnostics.TooFewAttempts, method.DisplayName, attempts.ToString(CultureInfo.InvariantCulture));
        return attempts;
    }

    private static string Allowed(string name) => name == "Deadline" ? "above zero" : "from zero to 24.20:31:23.647";

    private static string Text(TimeSpan? duration) => duration?.ToString("c", CultureInfo.InvariantCulture) ?? "";
}
