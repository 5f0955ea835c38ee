using Spectre.Console;

namespace Quickstart.Import;

/// <summary>Shows how far the import is: a bar for people, a line each quarter where the output goes to a file.</summary>
internal sealed class ImportBar(IAnsiConsole console, int start, int total)
{
    private const int Quarters = 4;

    public Task ShowAsync(IAsyncEnumerable<int> rows) => console.Profile.Capabilities.Interactive ? ShowBarAsync(rows) : ShowLinesAsync(rows);

    private async Task ShowBarAsync(IAsyncEnumerable<int> rows)
    {
        await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask("Importing", maxValue: total);
                await foreach (var done in rows)
                    task.Value = done;
            });
    }

    private async Task ShowLinesAsync(IAsyncEnumerable<int> rows)
    {
        var shown = start * Quarters / total;
        await foreach (var done in rows)
        {
            var quarter = done * Quarters / total;
            if (quarter == shown)
                continue;

            shown = quarter;
            console.WriteLine($"Importing: {done:N0} of {total:N0} rows");
        }
    }
}
