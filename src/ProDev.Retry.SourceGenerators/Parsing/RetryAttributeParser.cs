using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ProDev.Retry.SourceGenerators;

/// <summary>Reads and checks the values of the attributes of a method.</summary>
internal static class RetryAttributeParser
{
    /// <summary>Reads the attributes; at least one of them is there.</summary>
    public static RetrySettings Parse(AttributeData? retry, AttributeData? timeout, AttributeData? breaker, MethodModel method, Findings findings)
    {
        var values = retry?.NamedArguments.ToDictionary(pair => pair.Key, pair => pair.Value.Value) ?? [];
        var settings = new RetrySettings(
            retry is not null,
            Value("Policy") as string,
            MaxAttempts(Value("MaxAttempts"), method, findings),
            Duration("BaseDelay"),
            Duration("MaxDelay"),
            Duration("Deadline"),
            timeout is null ? null : DurationText.Read("Timeout", First(timeout) ?? "", method, findings),
            breaker is null ? null : First(breaker) ?? "");

        // Counted from the attributes, so that a malformed value still shows that it was given.
        var others = values.Keys.Where(key => key != "Policy")
            .Concat(timeout is null ? [] : ["Timeout"])
            .Concat(breaker is null ? [] : ["CircuitBreaker"])
            .OrderBy(key => key, StringComparer.Ordinal)
            .ToList();
        if (settings.Policy is not null && others.Count > 0)
            findings.Add(RetryDiagnostics.PolicyWithSettings, method.DisplayName, settings.Policy, string.Join(", ", others));
        if (settings.BaseDelay > settings.MaxDelay)
            findings.Add(RetryDiagnostics.DelaysContradict, method.DisplayName, DurationText.Of(settings.BaseDelay), DurationText.Of(settings.MaxDelay));
        if (settings.AttemptTimeout >= settings.Deadline)
            findings.Add(RetryDiagnostics.TimesContradict, method.DisplayName, DurationText.Of(settings.AttemptTimeout), DurationText.Of(settings.Deadline));
        return settings;

        object? Value(string name) => values.TryGetValue(name, out var value) ? value : null;

        TimeSpan? Duration(string name) => DurationText.Read(name, Value(name) as string, method, findings);
    }

    private static string? First(AttributeData attribute) => attribute.ConstructorArguments.FirstOrDefault().Value as string;

    private static int? MaxAttempts(object? value, MethodModel method, Findings findings)
    {
        if (value is not int attempts)
            return null;
        if (attempts < 1)
            findings.Add(RetryDiagnostics.TooFewAttempts, method.DisplayName, attempts.ToString(CultureInfo.InvariantCulture));
        return attempts;
    }
}
