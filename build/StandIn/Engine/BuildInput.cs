using System.Collections;

namespace ProDev.Build.StandIn;

/// <summary>What a run takes from outside: the arguments and the environment.</summary>
internal sealed record BuildInput(IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    public static BuildInput OfThisProcess() => new(
        System.Environment.GetCommandLineArgs()[1..],
        System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? string.Empty, StringComparer.Ordinal));
}
