namespace ProDev.Build.Tests;

public sealed class BenchmarkRunTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void FileHoldsMachineDateCommitAndResultsInOneFormatForBothKinds()
    {
        var file = _temporary.Combine("deep", "results.json");

        BenchmarkFile.Write(
            file,
            Samples.Run(
                Samples.Result("CacheHit/Decorator", 12.5, allocated: 0),
                Samples.Rounds("SqliteEnqueue/Raw", 3, 1, 2) with { ClientCpuNanoseconds = 4, ServerCpuNanoseconds = 5 }));

        Assert.Equal(
            """
            {
              "machine": {
                "processor": "Test CPU",
                "cores": 2,
                "operatingSystem": "Test OS",
                "runtime": ".NET 10"
              },
              "date": "2026-11-23T10:00:00+00:00",
              "commit": "abc",
              "results": [
                {
                  "package": "Caching",
                  "suite": "CacheHit",
                  "case": "Decorator",
                  "kind": "micro",
                  "timeNanoseconds": 12.5,
                  "roundNanoseconds": [
                    12.5
                  ],
                  "allocatedBytes": 0
                },
                {
                  "package": "Caching",
                  "suite": "SqliteEnqueue",
                  "case": "Raw",
                  "kind": "macro",
                  "timeNanoseconds": 2,
                  "roundNanoseconds": [
                    3,
                    1,
                    2
                  ],
                  "clientCpuNanoseconds": 4,
                  "serverCpuNanoseconds": 5
                }
              ]
            }

            """,
            File.ReadAllText(file));
    }

    [Fact]
    public void WrittenRunIsReadBackUnchanged()
    {
        var first = _temporary.Combine("first.json");
        var second = _temporary.Combine("second.json");
        BenchmarkFile.Write(first, Samples.Run(Samples.Result("A/B", 1.25, allocated: 24, cpu: 3)));

        BenchmarkFile.Write(second, BenchmarkFile.Read(first));

        Assert.Equal(File.ReadAllText(first), File.ReadAllText(second));
    }

    [Theory]
    [InlineData("{", "is malformed at ")]
    [InlineData("null", "holds null.")]
    [InlineData("""{ "machine": null }""", "is malformed at $.machine, line 1")]
    [InlineData("{\n\"dates\": 1 }", "is malformed at $.dates, line 2")]
    public void MalformedFileIsNamedWithThePlace(string text, string message)
    {
        var file = _temporary.Write("part.json", text);

        var error = Assert.Throws<BenchmarkException>(() => BenchmarkFile.Read(file));

        Assert.StartsWith($"\"{file}\" {message}", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Run the benchmark project again; it writes this file.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingFileIsNamed()
    {
        var error = Assert.Throws<BenchmarkException>(() => BenchmarkFile.Read(_temporary.Combine("none.json")));

        Assert.Contains("none.json\" cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PartsAreJoinedInTheOrderOfTheirPackages()
    {
        var retry = Samples.Run(Samples.Result("Happy/B", 1) with { Package = "Retry" }, Samples.Result("Happy/A", 1) with { Package = "Retry" });
        var later = retry.Date.AddMinutes(5);

        var run = BenchmarkRun.Merge([retry, Samples.Run(Samples.Result("CacheHit/Decorator", 1)) with { Date = later }]);

        Assert.Equal(["CacheHit/Decorator", "Happy/B", "Happy/A"], run.Results.Select(r => r.Name));
        Assert.Equal(later, run.Date);
    }

    [Fact]
    public void PartsOfDifferentMachinesAreNotJoined()
    {
        var here = Samples.Run(Samples.Result("A/B", 1));
        var there = Samples.Run(Samples.Result("A/C", 1)) with { Machine = Samples.Machine with { Cores = 64 } };

        var error = Assert.Throws<BenchmarkException>(() => BenchmarkRun.Merge([here, there]));

        Assert.EndsWith("Measure all of them in one run.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CaseThatWasMeasuredTwiceIsNamed()
    {
        var error = Assert.Throws<BenchmarkException>(() =>
            BenchmarkRun.Merge([Samples.Run(Samples.Result("A/B", 1)), Samples.Run(Samples.Result("A/B", 2))]));

        Assert.Equal("The benchmark \"A/B\" of Caching was measured twice in one run. Give one of them another name.", error.Message);
    }

    [Fact]
    public void NothingIsNotMerged() => Assert.Throws<BenchmarkException>(() => BenchmarkRun.Merge([]));
}
