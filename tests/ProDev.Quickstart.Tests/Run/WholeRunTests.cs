namespace ProDev.Quickstart.Tests.Run;

public sealed class WholeRunTests : IDisposable
{
    private const int Countries = 247;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_succeeds_and_a_second_one_changes_nothing_until_a_row_is_taken_away()
    {
        var database = _folder["atlas.db"];

        // The first run does everything.
        var (exitCode, output, error) = await QuickstartProcess.RunAsync("--database", database);

        Assert.True(exitCode == 0, output + error);
        Assert.Empty(error);
        foreach (var step in (string[])["1. Durable jobs", "2. Keyset pages", "3. Caching", "4. Retries", "Total"])
            Assert.Contains(step, output, StringComparison.Ordinal);
        Assert.Contains("222,583 rows of 247 countries", output, StringComparison.Ordinal);
        Assert.DoesNotContain("BROKEN", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, 140));
        AtlasAssert.HoldsEveryRowOnce(database);

        // The second one finds everything done.
        (exitCode, output, error) = await QuickstartProcess.RunAsync("--database", database);

        Assert.True(exitCode == 0, output + error);
        Assert.Contains("0 rows of 247 countries; 247 jobs and 222,583 rows from an earlier run", output, StringComparison.Ordinal);
        Assert.Equal(Countries, AtlasProbe.ImportedCountries(database));

        // Then somebody deletes a city of Andorra, the number 1.
        Assert.Equal(1, AtlasProbe.Execute(database, "DELETE FROM Cities WHERE Id = 1"));
        (exitCode, output, error) = await QuickstartProcess.RunAsync("--database", database);

        Assert.True(exitCode == 1, output + error);
        Assert.Contains("BROKEN", output, StringComparison.Ordinal);
        Assert.Contains("The tables hold the rows of the data files", output, StringComparison.Ordinal);
        Assert.Contains("AD: 14 cities, 15 were expected", output, StringComparison.Ordinal);
        Assert.Contains("To import everything anew, delete both and run again.", output, StringComparison.Ordinal);
    }

    // A process can be interrupted from outside only where there are signals.
    [Fact]
    [Trait("Requires", "POSIX")]
    public async Task Stopped_run_ends_gracefully_and_the_next_one_goes_on()
    {
        var database = _folder["atlas.db"];
        using (var process = QuickstartProcess.Start("--database", database))
        {
            await AtlasProbe.WaitForCountriesAsync(database, 5, process);
            await Signals.InterruptAsync(process.Id);

            Assert.True(await process.WaitAsync() == 130, process.Output + process.Error);
            Assert.Equal($"Stopped. Run again with --database {database} to go on.\n", process.Error);
        }

        Assert.InRange(AtlasProbe.ImportedCountries(database), 5, Countries - 1);

        var (exitCode, output, error) = await QuickstartProcess.RunAsync("--database", database);

        Assert.True(exitCode == 0, output + error);
        AtlasAssert.HoldsEveryRowOnce(database);
    }
}
