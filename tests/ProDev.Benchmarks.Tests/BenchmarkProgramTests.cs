using ProDev.Build;

namespace ProDev.Benchmarks.Tests;

public sealed class BenchmarkProgramTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("prodev-bench-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task MacroSuiteIsMeasuredAndWritten()
    {
        var output = Path.Combine(_directory.FullName, "parts", "Sample.json");

        var exitCode = await BenchmarkProgram.RunAsync(
            ["--output", output], "Sample", new MacroSuite("Files", () => new FileCase("Small", 10), () => new FileCase("Large", 1000)) { Rounds = 5 });

        Assert.Equal(0, exitCode);
        var run = BenchmarkFile.Read(output);
        Assert.Equal(["Files/Small", "Files/Large"], run.Results.Select(r => r.Name));
        Assert.All(run.Results, r => Assert.Equal(5, r.RoundNanoseconds.Count));
        Assert.All(run.Results, r => Assert.True(r.TimeNanoseconds > 0 && r.ClientCpuNanoseconds >= 0 && r.AllocatedBytes >= 0));
        Assert.Equal(Environment.ProcessorCount, run.Machine.Cores);
        Assert.Equal([output], Directory.GetFileSystemEntries(Path.Combine(_directory.FullName, "parts")));
    }

    [Fact]
    public async Task WrongArgumentEndsWithOne() =>
        Assert.Equal(1, await BenchmarkProgram.RunAsync(["--suite", "None"], "Sample", new MacroSuite("Files")));

    [Fact]
    public void FewerThanFiveRoundsAreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MacroSuite("Files") { Rounds = 4 });

    [Fact]
    public void MicroSuiteIsCalledAsItsClass() => Assert.Equal("CacheHit", new MicroSuite<CacheHitBenchmarks>().Name);

    private sealed class CacheHitBenchmarks;

    private sealed class FileCase(string name, int bytes) : MacroCase(name)
    {
        private string _file = "";

        public override Task OpenAsync(string directory)
        {
            _file = Path.Combine(directory, "data");
            return Task.CompletedTask;
        }

        public override async Task<long> RunAsync()
        {
            await File.WriteAllBytesAsync(_file, new byte[bytes]);
            return 1;
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
