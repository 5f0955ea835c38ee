using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace ProDev.Jobs.SourceGenerators;

/// <summary>Writes the uniqueness of a job as code.</summary>
internal static class UniqueEmitter
{
    private const int Unfinished = 7;
    private static readonly string[] States = ["Scheduled", "Queued", "Running", "Succeeded", "DeadLettered", "Revoked"];
    private static readonly string[] Conflicts = ["Skip", "Replace", "Reschedule"];

    public static string Code(UniqueModel unique)
    {
        string rule = unique switch
        {
            { IgnoreArguments: true } => "ByName()",
            { Properties.Count: 0 } => "ByArguments()",
            _ => $"By({string.Join(", ", unique.Properties.Select(p => SymbolDisplay.FormatLiteral(p, quote: true)))})",
        };
        string settings = string.Join(", ", Settings(unique));
        return $"global::ProDev.Jobs.JobUniqueness.{rule}" + (settings.Length == 0 ? "" : $" with {{ {settings} }}");
    }

    private static IEnumerable<string> Settings(UniqueModel unique)
    {
        if (unique.Period is { } period)
            yield return $"Period = global::System.TimeSpan.FromTicks({period.Ticks.ToString(CultureInfo.InvariantCulture)})";
        if (unique.States != Unfinished)
        {
            IEnumerable<string> names = States.Where((_, bit) => (unique.States & (1 << bit)) != 0).Select(n => $"global::ProDev.Jobs.JobUniqueStates.{n}");
            yield return $"States = {string.Join(" | ", names)}";
        }

        if (unique.OnConflict != 0)
            yield return $"OnConflict = global::ProDev.Jobs.JobConflict.{Conflicts[unique.OnConflict]}";
        if (unique.PerQueue)
            yield return "PerQueue = true";
    }
}
