namespace ProDev.Build.Tests;

public sealed class NearestNameTests
{
    private static readonly string[] Targets = ["Clean", "Restore", "Format", "Compile", "Services", "StopServices", "Test", "Coverage", "Pack", "Publish"];

    [Theory]
    // One edit of each kind, and a swap of neighbours.
    [InlineData("Tst", "Test")]
    [InlineData("Tesst", "Test")]
    [InlineData("Tesd", "Test")]
    [InlineData("Tset", "Test")]
    // Case and dashes do not count.
    [InlineData("stop-service", "StopServices")]
    [InlineData("COMPIL", "Compile")]
    // The beginning of a longer name is enough.
    [InlineData("cov", "Coverage")]
    // The nearer of two.
    [InlineData("Service", "Services")]
    // Nothing near.
    [InlineData("Deploy", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    [InlineData("--", null)]
    public void NearestIsFound_WhenANameIsMistyped(string name, string? expected) =>
        Assert.Equal(expected, NearestName.Find(name, Targets));

    [Fact]
    public void NothingIsFound_WhenThereAreNoCandidates() => Assert.Null(NearestName.Find("Test", []));
}
