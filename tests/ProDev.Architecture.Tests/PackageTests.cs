using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ProDev.Architecture.Tests;

/// <summary>Every package comes with what a professional package comes with.</summary>
public partial class PackageTests
{
    [Theory]
    [MemberData(nameof(House.PackageNames), MemberType = typeof(House))]
    public void HasReadmePublicApiFilesAndTests_ForEveryPackage(string package)
    {
        Assert.True(File.Exists(House.PathOf("src", package, "README.md")), $"src/{package} has no README.md.");
        Assert.True(File.Exists(House.PathOf("src", package, "PublicAPI.Shipped.txt")), $"src/{package} has no PublicAPI.Shipped.txt.");
        Assert.True(Directory.Exists(House.PathOf("tests", package + ".Tests")), $"tests/{package}.Tests is missing.");
    }

    [Theory]
    [MemberData(nameof(House.PackageNames), MemberType = typeof(House))]
    public void SaysWhatItIsInOneSentence_ForEveryPackage(string package)
    {
        var project = XDocument.Load(House.PathOf("src", package, package + ".csproj"));
        var description = project.Descendants("Description").SingleOrDefault()?.Value;

        Assert.False(string.IsNullOrWhiteSpace(description), $"src/{package} has no <Description>.");
        Assert.EndsWith(".", description, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(House.PackageNames), MemberType = typeof(House))]
    public void ShowsCodeAndTheInstallLineOnTheFirstScreen_ForEveryReadme(string package)
    {
        const int Screen = 60;
        var firstScreen = File.ReadLines(House.PathOf("src", package, "README.md")).Take(Screen).ToList();

        Assert.Contains(firstScreen, line => line.Contains($"dotnet add package {package}", StringComparison.Ordinal));
        Assert.Contains(firstScreen, line => line.StartsWith("```csharp", StringComparison.Ordinal));
    }

    [Fact]
    public void NamesExactlyThePackagesOfSrc_InTheRootReadmesTable()
    {
        var named = File.ReadLines(House.PathOf("README.md"))
            .Select(line => TableRow().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups["package"].Value)
            .Order(StringComparer.Ordinal);

        Assert.Equal(House.Packages, named);
    }

    [Fact]
    public void HasATargetForEveryProject_InTheSolution()
    {
        var solution = File.ReadAllText(House.PathOf("ProDev.Lib.sln"));
        var projects = Directory.EnumerateFiles(House.Root, "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(House.Root, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("artifacts/", StringComparison.Ordinal) && path != "build/_build.csproj");

        // The build project stays out: with the real engine a source without Nuke.Common would fail every restore.
        Assert.All(projects, path => Assert.Contains(path.Replace('/', '\\'), solution, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\|\s*\[`(?<package>ProDev\.[\w.]+)`\]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TableRow();
}
