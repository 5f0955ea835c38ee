using System.Globalization;

namespace ProDev.Retry.SourceGenerators;

/// <summary>The expression by which a decorator gets the policy of one method.</summary>
internal static class PolicyText
{
    private const string Lookup = "global::ProDev.Retry.RetryDecorators.Policy";

    public static string For(RetrySettings settings)
    {
        if (settings.Policy is not null)
            return $"{Lookup}(services, {Literal(settings.Policy)})";

        string?[] arguments =
        [
            "services",
            Attempts(settings) is { } attempts ? $"maxAttempts: {attempts.ToString(CultureInfo.InvariantCulture)}" : null,
            Duration("baseDelay", settings.BaseDelay),
            Duration("maxDelay", settings.MaxDelay),
            Duration("deadline", settings.Deadline),
            Duration("attemptTimeout", settings.AttemptTimeout),
            settings.CircuitBreaker is { } breaker ? $"circuitBreaker: {Literal(breaker)}" : null,
        ];
        return $"{Lookup}({string.Join(", ", arguments.Where(argument => argument is not null))})";
    }

    // Without [Retry] there is one attempt, whatever the default policy says.
    private static int? Attempts(RetrySettings settings) => settings.IsRetried ? settings.MaxAttempts : 1;

    private static string Literal(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);

    private static string? Duration(string name, TimeSpan? value) => value switch
    {
        null => null,
        { } duration when duration.Ticks % TimeSpan.TicksPerMillisecond == 0 =>
            $"{name}: global::System.TimeSpan.FromMilliseconds({(duration.Ticks / TimeSpan.TicksPerMillisecond).ToString(CultureInfo.InvariantCulture)})",
        { } duration => $"{name}: global::System.TimeSpan.FromTicks({duration.Ticks.ToString(CultureInfo.InvariantCulture)})",
    };
}
