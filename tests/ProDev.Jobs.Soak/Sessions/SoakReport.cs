using System.Globalization;
using System.Text;

namespace ProDev.Jobs.Soak;

/// <summary>The report for people.</summary>
public static class SoakReport
{
    public static string Text(SoakOptions options, TimeSpan took, IReadOnlyList<FaultOutcome> outcomes)
    {
        int findings = outcomes.Sum(static o => o.Findings.Count);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Soak of the jobs\n\nSeed {options.Seed}, {took:hh\\:mm\\:ss}, {outcomes.Count} runs of faults, ");
        text.Append(CultureInfo.InvariantCulture, $"{outcomes.Sum(static o => o.Jobs)} jobs, {outcomes.Sum(static o => o.Starts)} starts, ");
        text.Append(CultureInfo.InvariantCulture, $"{outcomes.Sum(static o => o.Refused)} ends refused, **{findings} findings**.\n\n");
        text.Append("| fault | store | runs | injected | jobs | starts | refused | findings |\n|---|---|---:|---|---:|---:|---:|---:|\n");
        foreach (IGrouping<(string Fault, string Store), FaultOutcome> group in outcomes
            .GroupBy(static o => (o.Fault, o.Store)).OrderBy(static g => g.Key.Fault, StringComparer.Ordinal).ThenBy(static g => g.Key.Store, StringComparer.Ordinal))
        {
            string injected = string.Join(", ", group.SelectMany(static o => o.Injected).GroupBy(static i => i.Key, StringComparer.Ordinal)
                .OrderBy(static i => i.Key, StringComparer.Ordinal).Select(static i => $"{i.Sum(static n => n.Value)} × {i.Key}"));
            text.Append(CultureInfo.InvariantCulture, $"| {group.Key.Fault} | {group.Key.Store} | {group.Count()} | {injected} | {group.Sum(static o => o.Jobs)} | ");
            text.Append(CultureInfo.InvariantCulture, $"{group.Sum(static o => o.Starts)} | {group.Sum(static o => o.Refused)} | {group.Sum(static o => o.Findings.Count)} |\n");
        }

        foreach (FaultOutcome outcome in outcomes.Where(static o => o.Findings.Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {outcome.Fault} on {outcome.Store}, seed {outcome.Seed}\n\n");
            foreach (Finding finding in outcome.Findings)
                text.Append(CultureInfo.InvariantCulture, $"- {finding}\n");
        }

        return text.ToString();
    }
}
