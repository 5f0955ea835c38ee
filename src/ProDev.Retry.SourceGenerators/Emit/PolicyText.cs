using System.Globalization;

namespace ProDev.Retry.SourceGenerators;

/// <summary>The expression by which a decorator gets the policy of one method.</summary>
internal static class PolicyText
{
    private const string Lookup = "global::ProDev.Retry.RetryDecorators.Policy";

    public static string For(RetrySettings settings)
    {
        if (settings.Policy is not null)
            return $"{Lookup}(services, {Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(settings.Policy, quote: true)})";

        string?[] arguments =
        [
            "services",
            settings.MaxAttempts is { } attempts ? $"maxAttempts: {attempts.ToString(CultureInfo.InvariantCulture)}" : null,
            Duration("baseDelay", settings.BaseDelay),
            Duration("maxDelay", settings.MaxDelay),
            Duration("deadline", settings.Deadline),
        ];
        return $"{Lookup}({string.Join(", ", arguments.Where(argument => argument is not null))})";
    }

    private static string? Duration(string name, TimeSpan? value) => value switch
    {
        null => null,
        { } duration when duration.Ticks % TimeSpan.TicksPerMillisecond == 0 =>
            $"{name}: global::System.TimeSpan.FromMilliseconds({(duration.Ticks / TimeSpan.TicksPerMillisecond).ToString(CultureInfo.InvariantCulture)})",
        { } duration => $"{name}: global::System.TimeSpan.FromTicks({duration.Ticks.ToString(CultureInfo.InvariantCulture)})",
    };
}
