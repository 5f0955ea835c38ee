namespace ProDev.Build.Tests;

public sealed class CoverageSummaryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void LineIsCovered_WhenAnyTestProjectRanIt()
    {
        Write("a", """<line number="1" hits="1" /><line number="2" hits="0" /><line number="3" hits="0" /><line number="4" hits="0" />""");
        Write("b", """<line number="1" hits="0" /><line number="2" hits="7" /><line number="3" hits="0" /><line number="4" hits="0" />""");

        PackageCoverage package = Assert.Single(CoverageSummary.Read(_directory.Path).Packages);

        Assert.Equal(new PackageCoverage("ProDev.Retry", 2, 4, 0, 0), package);
        Assert.Equal(50, package.LinePercent);
        Assert.Equal(100, package.BranchPercent);
    }

    [Fact]
    public void BestOfTheTestProjectsCounts_WhenALineBranches()
    {
        Write("a", """<line number="1" hits="1" branch="True" condition-coverage="25% (1/4)" />""");
        Write("b", """<line number="1" hits="1" branch="True" condition-coverage="75% (3/4)" />""");

        PackageCoverage package = Assert.Single(CoverageSummary.Read(_directory.Path).Packages);

        Assert.Equal(75, package.BranchPercent);
    }

    [Fact]
    public void TableHasARowForEachPackage()
    {
        Write("a", """<line number="1" hits="1" condition-coverage="50% (1/2)" /><line number="2" hits="0" /><line number="3" hits="0" />""");
        Write("b", """<line number="1" hits="1" />""", package: "ProDev.Caching");

        Assert.Equal(
            """
            Package          Lines  Branches
            ProDev.Caching  100.0%    100.0%
            ProDev.Retry     33.3%     50.0%

            """.ReplaceLineEndings(),
            CoverageSummary.Read(_directory.Path).ToText());
    }

    [Fact]
    public void FileIsNamed_WhenItIsCutOff()
    {
        string path = _directory.Write("x/coverage.cobertura.xml", "<coverage>");

        var exception = Assert.Throws<BuildFailedException>(() => CoverageSummary.Read(_directory.Path));

        Assert.StartsWith($"The coverage file '{path}' cannot be read: ", exception.Message, StringComparison.Ordinal);
    }

    private void Write(string project, string lines, string package = "ProDev.Retry") => _directory.Write(
        $"{project}/coverage.cobertura.xml",
        $"""
        <coverage><packages><package name="{package}"><classes>
          <class name="{package}.X" filename="src/X.cs"><methods><method><lines><line number="1" hits="0" /></lines></method></methods><lines>{lines}</lines></class>
        </classes></package></packages></coverage>
        """);
}
