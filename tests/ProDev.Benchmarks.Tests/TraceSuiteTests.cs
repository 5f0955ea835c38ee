using ProDev.Build;

namespace ProDev.Benchmarks.Tests;

public sealed class TraceSuiteTests
{
    [Fact]
    public async Task EveryCaseAnswersTheSameKeys()
    {
        var suite = new TraceSuite("Words", () => ["a", "b", "a", "a", "c"], () => new SetCase("All"), () => new NothingCase());

        var results = await suite.MeasureAsync("Sample", directory: "");

        Assert.Equal([("Words/All", 40.0), ("Words/Nothing", 0.0)], results.Select(r => (r.Name, r.HitPercent!.Value)));
        Assert.All(results, r => Assert.Equal((BenchmarkKind.Trace, "Sample", 1), (r.Kind, r.Package, r.RoundNanoseconds.Count)));
    }

    [Fact]
    public async Task CasesAreDisposed()
    {
        var one = new SetCase("All");

        await new TraceSuite("Words", () => ["a"], () => one).MeasureAsync("Sample", directory: "");

        Assert.True(one.IsDisposed);
    }

    [Fact]
    public async Task EmptyTraceIsRefused()
    {
        var suite = new TraceSuite("Words", () => [], () => new NothingCase());

        var error = await Assert.ThrowsAsync<BenchmarkException>(() => suite.MeasureAsync("Sample", directory: ""));

        Assert.Equal("The trace of \"Words\" is empty. It must hold at least one key.", error.Message);
    }

    private sealed class SetCase(string name) : TraceCase(name)
    {
        private readonly HashSet<string> _keys = [];

        public bool IsDisposed { get; private set; }

        public override bool Access(string key) => !_keys.Add(key);

        public override void Dispose()
        {
            IsDisposed = true;
            base.Dispose();
        }
    }

    private sealed class NothingCase() : TraceCase("Nothing")
    {
        public override bool Access(string key) => false;
    }
}
