namespace ProDev.Build.Tests;

/// <summary>The real <c>dotnet format</c> with the rules of this repository, on a project of one file.</summary>
public sealed class FormatOptionsTests : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
        </Project>
        """;

    private const string Untidy = """
        namespace Untidy;

        internal sealed class Count
        {
            int Of(List<int> numbers)   => numbers.Count();
        }

        """;

    private const string Tidy = """
        namespace Untidy;

        internal sealed class Count
        {
            private int Of(List<int> numbers) => numbers.Count;
        }

        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task WhitespaceStyleAndAnalyzersAreNamedAndMended_WhenAFileBreaksThem()
    {
        string rules = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, ".editorconfig"));
        _directory.Write(".editorconfig", rules + "\n[*.cs]\ndotnet_diagnostic.CA1829.severity = warning\n");
        string project = _directory.Write("Untidy.csproj", Project);
        string file = _directory.Write("Count.cs", Untidy.ReplaceLineEndings("\n"));
        Assert.Equal(0, (await DotNetRun.RunAsync("restore", project)).ExitCode);

        DotNetRun check = await FormatAsync(project, fix: false);

        Assert.NotEqual(0, check.ExitCode);
        Assert.Contains(" WHITESPACE: ", check.Error, StringComparison.Ordinal);
        Assert.Contains(" IDE0040: ", check.Error, StringComparison.Ordinal);
        Assert.Contains(" CA1829: ", check.Error, StringComparison.Ordinal);
        Assert.Equal(Untidy.ReplaceLineEndings("\n"), await File.ReadAllTextAsync(file));

        DotNetRun mend = await FormatAsync(project, fix: true);

        Assert.Equal(0, mend.ExitCode);
        Assert.Equal(Tidy.ReplaceLineEndings("\n"), await File.ReadAllTextAsync(file));
    }

    [Fact]
    public void RemedyIsNamed_WhenDotNetFormatFails()
    {
        FormatOptions.Require(0);

        Assert.Equal(
            "The lines named above break a rule of format, style or an analyzer. Run './build.sh Format --fix', look at what it changed, "
            + "and mend by hand what it could not.",
            Assert.Throws<BuildFailedException>(() => FormatOptions.Require(2)).Message);
    }

    private static Task<DotNetRun> FormatAsync(string project, bool fix) =>
        DotNetRun.RunAsync(["format", project, .. FormatOptions.For(fix).Split(' ')]);
}
