using Spectre.Console;

namespace Quickstart.Reporting;

/// <summary>Runs the steps with a clock, and tells at the end what happened and what was broken.</summary>
internal sealed class Report(IAnsiConsole console, TimeProvider time)
{
    private const int FaultsShown = 5;

    private readonly long _start = time.GetTimestamp();
    private readonly List<(string Name, StepResult Result, TimeSpan Elapsed)> _steps = [];

    public async Task StepAsync(string name, Func<CancellationToken, Task<StepResult>> step, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var result = await step(cancellationToken);
        _steps.Add((name, result, time.GetElapsedTime(start)));
    }

    /// <summary>Prints the table and the broken promises.</summary>
    /// <returns>Whether every promise holds.</returns>
    public bool Print(AtlasFiles files)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Step").AddColumn("What happened").AddColumn(new TableColumn("Time").RightAligned());
        foreach (var (name, result, elapsed) in _steps)
            table.AddRow(Markup.Escape(name), Markup.Escape(result.Outcome), Seconds(elapsed));

        table.AddRow("[bold]Total[/]", "", $"[bold]{Seconds(time.GetElapsedTime(_start))}[/]");
        console.Write(table);

        var checks = _steps.SelectMany(step => step.Result.Checks).ToArray();
        foreach (var check in checks)
        {
            console.MarkupLine(check.Holds ? $"[green]ok[/]      {Markup.Escape(check.Promise)}" : $"[red]BROKEN[/]  {Markup.Escape(check.Promise)}:");
            foreach (var fault in check.Faults.Take(FaultsShown))
                console.MarkupLine($"          {Markup.Escape(fault)}");

            if (check.Faults.Count > FaultsShown)
                console.MarkupLine($"          and {check.Faults.Count - FaultsShown:N0} more.");
        }

        var holds = checks.All(check => check.Holds);
        if (!files.IsTemporary)
            console.MarkupLineInterpolated($"Kept in [bold]{files.Database}[/] and [bold]{files.Jobs}[/].");
        if (!files.IsTemporary && !holds)
            console.WriteLine("The two files belong together. To import everything anew, delete both and run again.");

        return holds;
    }

    private static string Seconds(TimeSpan elapsed) => $"{elapsed.TotalSeconds:N2} s";
}
