using ProDev.Build;

namespace ProDev.Benchmarks;

/// <summary>What the <c>Main</c> of every benchmark project does.</summary>
public static class BenchmarkProgram
{
    /// <summary>Measures the suites that the arguments name, writes their results, and returns the exit code.</summary>
    /// <param name="arguments"><c>--output FILE [--suite NAME]... [--list]</c></param>
    /// <param name="package">The package without its prefix.</param>
    /// <param name="suites">All suites of the project, in the order in which they run.</param>
    public static async Task<int> RunAsync(string[] arguments, string package, params IBenchmarkSuite[] suites)
    {
        ArgumentNullException.ThrowIfNull(suites);
        try
        {
            var parsed = BenchmarkArguments.Parse(arguments, [.. suites.Select(s => s.Name)]);
            var chosen = suites.Where(s => parsed.Suites.Contains(s.Name, StringComparer.Ordinal)).ToList();
            if (parsed.List)
            {
                chosen.ForEach(s => Console.WriteLine(s.Name));
                return 0;
            }

            await MeasureAsync(parsed.Output!, package, chosen);
            return 0;
        }
        catch (BenchmarkException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task MeasureAsync(string output, string package, List<IBenchmarkSuite> suites)
    {
        var directory = Directory.CreateDirectory(
            Path.Combine(Path.GetDirectoryName(Path.GetFullPath(output))!, $"{package}.work")).FullName;
        try
        {
            var results = new List<BenchmarkResult>();
            foreach (var suite in suites)
                results.AddRange(await suite.MeasureAsync(package, directory));
            var run = new BenchmarkRun
            {
                Machine = ThisMachine.Describe(),
                Date = TimeProvider.System.GetUtcNow(),
                Commit = RepositoryCommit.Read(AppContext.BaseDirectory),
                Results = results,
            };
            BenchmarkFile.Write(output, run);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
