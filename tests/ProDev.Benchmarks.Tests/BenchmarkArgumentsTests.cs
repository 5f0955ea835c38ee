using ProDev.Build;

namespace ProDev.Benchmarks.Tests;

public sealed class BenchmarkArgumentsTests
{
    private static readonly string[] Suites = ["CacheHit", "CacheMiss"];

    [Fact]
    public void AllSuitesRun_WhenNoneIsNamed()
    {
        var parsed = BenchmarkArguments.Parse(["--output", "a b.json"], Suites);

        Assert.Equal(("a b.json", false), (parsed.Output, parsed.List));
        Assert.Equal(Suites, parsed.Suites);
    }

    [Fact]
    public void NamedSuitesRun_InAnyCase() =>
        Assert.Equal(["CacheMiss"], BenchmarkArguments.Parse(["--suite", "cachemiss", "--output", "x"], Suites).Suites);

    [Fact]
    public void ListNeedsNoOutput() => Assert.True(BenchmarkArguments.Parse(["--list"], Suites).List);

    [Theory]
    [InlineData("", "The argument --output is missing. Usage: --output FILE [--suite NAME]... [--list]")]
    [InlineData("--output", "The argument \"--output\" needs a value. Usage: --output FILE [--suite NAME]... [--list]")]
    [InlineData("--speed", "The argument \"--speed\" is unknown. Usage: --output FILE [--suite NAME]... [--list]")]
    [InlineData("--suite Hits", "There is no suite \"Hits\". Suites: CacheHit, CacheMiss.")]
    public void WrongArgumentsAreNamed(string line, string message)
    {
        var arguments = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(message, Assert.Throws<BenchmarkException>(() => BenchmarkArguments.Parse(arguments, Suites)).Message);
    }
}
