using ProDev.Build;

namespace ProDev.Benchmarks.Tests;

public sealed class MacroSummaryTests
{
    [Fact]
    public void FiguresAreMediansPerOperation()
    {
        var result = MacroSummary.Of("Jobs", "Enqueue", "Raw", [Sample(3, 30), Sample(1, 10), Sample(2, 20)]);

        Assert.Equal(BenchmarkKind.Macro, result.Kind);
        Assert.Equal(("Jobs", "Enqueue/Raw"), (result.Package, result.Name));
        Assert.Equal([300_000, 100_000, 200_000], result.RoundNanoseconds);
        Assert.Equal(200_000, result.TimeNanoseconds);
        Assert.Equal(20_000, result.ClientCpuNanoseconds);
        Assert.Equal(2, result.AllocatedBytes);
        Assert.Null(result.ServerCpuNanoseconds);
    }

    [Fact]
    public void ServersAreCountedWhereTheyWereMetered()
    {
        var sample = Sample(1, 10) with { ServerCpu = TimeSpan.FromMilliseconds(5) };

        Assert.Equal(500_000, MacroSummary.Of("Jobs", "Enqueue", "Raw", [sample]).ServerCpuNanoseconds);
    }

    [Fact]
    public void CountsAreSummedUp()
    {
        var results = MacroSummary.Of("Caching", "DuplicateLoads", "Ours", [Sample(1, 10) with { Count = 3 }, Sample(1, 10) with { Count = 4 }]);

        Assert.Equal(7, results.Count);
        Assert.Null(MacroSummary.Of("Caching", "DuplicateLoads", "Ours", [Sample(1, 10)]).Count);
    }

    // Ten operations; the milliseconds are those of all ten.
    private static MacroSample Sample(int milliseconds, long allocated) => new(
        10, TimeSpan.FromMilliseconds(milliseconds), TimeSpan.FromMilliseconds(milliseconds / 10.0), ServerCpu: null, allocated);
}
