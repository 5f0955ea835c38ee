namespace ProDev.Build.StandIn.Tests;

internal sealed record BuildResult(int ExitCode, string Output, string Error)
{
    /// <summary>The rows of the summary table, with runs of blanks made one.</summary>
    public IReadOnlyList<string> Rows
    {
        get
        {
            string[] lines = Output.Split(Environment.NewLine);
            int header = Array.FindIndex(lines, line => line.StartsWith("Target ", StringComparison.Ordinal));
            int total = Array.FindIndex(lines, line => line.StartsWith("Total ", StringComparison.Ordinal));
            return [.. lines[(header + 2)..(total - 1)].Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        }
    }

    /// <summary>The targets in the order in which they began.</summary>
    public string Order => string.Join(' ', Output.Split(Environment.NewLine)
        .Where(line => line.StartsWith("═══ ", StringComparison.Ordinal))
        .Select(line => line[4..]));
}
