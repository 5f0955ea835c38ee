namespace ProDev.Build.Tests;

public sealed class PackageCheckTests : IDisposable
{
    private const string Id = "ProDev.Retry";
    private const string Library = $"lib/net10.0/{Id}.dll";
    private const string Documentation = $"lib/net10.0/{Id}.xml";
    private const string Generator = $"analyzers/dotnet/cs/{Id}.SourceGenerators.dll";
    private const string Complete = "<readme>README.md</readme><license>MIT</license><description>d</description><tags>t</tags>";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void NothingIsMissing_WhenThePackageIsComplete()
    {
        var package = new PackageBuilder(_directory, Id) { Files = ["README.md", Library, Documentation, Generator] };

        Assert.Empty(PackageCheck.FindFaults(package.Build(), hasGenerator: true));
    }

    [Theory]
    [InlineData("there is no README.md in it.", Library, Documentation, Generator)]
    [InlineData("there is no lib/*/ProDev.Retry.dll in it.", "README.md", Documentation, Generator)]
    [InlineData("the documentation file is missing beside the library.", "README.md", Library, Generator)]
    [InlineData("there is no analyzers/dotnet/cs/ProDev.Retry.SourceGenerators.dll in it.", "README.md", Library, Documentation)]
    public void FileIsNamed_WhenItIsMissing(string fault, params string[] files)
    {
        var package = new PackageBuilder(_directory, Id) { Files = files };

        Assert.Equal([$"ProDev.Retry 0.1.0-alpha: {fault}"], PackageCheck.FindFaults(package.Build(), hasGenerator: true));
    }

    [Fact]
    public void CodeFixesAreMissed_WhenTheyBelongIntoThePackage()
    {
        var package = new PackageBuilder(_directory, Id) { Files = ["README.md", Library, Documentation, Generator] };

        Assert.Equal(
            ["ProDev.Retry 0.1.0-alpha: there is no analyzers/dotnet/cs/ProDev.Retry.CodeFixes.dll in it."],
            PackageCheck.FindFaults(package.Build(), hasGenerator: true, hasCodeFixes: true));
    }

    [Theory]
    [InlineData("<readme>README.md</readme>", "the manifest names no readme.")]
    [InlineData("<license>MIT</license>", "the licence is ''; 'MIT' is needed.")]
    [InlineData("<description>d</description>", "it has no description.")]
    [InlineData("<tags>t</tags>", "it has no tags.")]
    public void FieldIsNamed_WhenItIsMissing(string left, string fault)
    {
        var package = new PackageBuilder(_directory, Id) { Metadata = Complete.Replace(left, string.Empty, StringComparison.Ordinal) };

        Assert.Equal([$"ProDev.Retry 0.1.0-alpha: {fault}"], PackageCheck.FindFaults(package.Build(), hasGenerator: false));
    }

    [Fact]
    public void SymbolsAndForeignGeneratorsAreNoticed()
    {
        var package = new PackageBuilder(_directory, Id)
        {
            HasSymbols = false,
            Files = ["README.md", Library, Documentation, Generator],
            Dependencies = ["ProDev.Retry.SourceGenerators"],
        };

        Assert.Equal(
            [
                $"ProDev.Retry 0.1.0-alpha: {Generator} does not belong into it.",
                "ProDev.Retry 0.1.0-alpha: there is no symbol package (.snupkg) beside it.",
                "ProDev.Retry 0.1.0-alpha: it depends on a generator that is never published.",
            ],
            PackageCheck.FindFaults(package.Build(), hasGenerator: false));
    }

    [Fact]
    public void FaultsOfAllPackagesAreReportedTogether_WhenTheyAreRequired()
    {
        SolutionFile solution = SolutionFile.Read(_directory.Write(
            "x.sln", """Project("{F}") = "ProDev.Retry.SourceGenerators", "src\R\ProDev.Retry.SourceGenerators.csproj", "{0}" """));
        PackageFile[] packages =
        [
            new PackageBuilder(_directory, Id).Build(),
            new PackageBuilder(_directory, "ProDev.Jobs") { HasSymbols = false }.Build(),
        ];

        var exception = Assert.Throws<BuildFailedException>(() => PackageCheck.Require(packages, solution));

        Assert.Equal(3, exception.Message.Split(Environment.NewLine).Length);
    }
}
