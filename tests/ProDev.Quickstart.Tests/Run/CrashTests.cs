using Xunit.Abstractions;

namespace ProDev.Quickstart.Tests.Run;

public sealed class CrashTests(ITestOutputHelper log) : IDisposable
{
    private const int Kills = 6;
    private const int CountriesBetweenKills = 20;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_the_import_is_killed_again_and_again()
    {
        var random = new Random(Environment.GetEnvironmentVariable("PRODEV_TEST_SEED") is { } seed ? int.Parse(seed, null) : 20261123);
        var database = _folder["atlas.db"];
        for (var kill = 0; kill < Kills; kill++)
        {
            // At a random number of imported countries, later each time, and then anywhere in the work on the next ones.
            var countries = (kill * CountriesBetweenKills) + random.Next(1, CountriesBetweenKills + 1);
            using var process = QuickstartProcess.Start("--database", database);
            await AtlasProbe.WaitForCountriesAsync(database, countries, process);
            Spin(random.Next(20_000_000));

            Assert.False(process.HasExited, $"The run ended before it could be killed at {countries} countries: {process.Output}{process.Error}");
            await process.KillAsync();
            log.WriteLine($"Killed at {AtlasProbe.ImportedCountries(database)} countries.");
        }

        var (exitCode, output, error) = await QuickstartProcess.RunAsync("--database", database);

        log.WriteLine(output);
        Assert.True(exitCode == 0, output + error);
        AtlasAssert.HoldsEveryRowOnce(database);
    }

    // Moves the kill away from the moment of a commit, by up to some ten milliseconds.
    private static void Spin(int iterations) => Thread.SpinWait(iterations / 100);
}
