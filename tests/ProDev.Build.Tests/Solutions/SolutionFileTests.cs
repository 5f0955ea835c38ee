namespace ProDev.Build.Tests;

public sealed class SolutionFileTests
{
    [Fact]
    public void ProjectsAreReadAndFoldersLeftOut()
    {
        using var directory = new TemporaryDirectory();
        SolutionFile solution = SolutionFile.Read(directory.Write(
            "x.sln",
            """
            Microsoft Visual Studio Solution File, Format Version 12.00
            Project("{2150E333-8FDC-42A3-9474-1A3956D46DE8}") = "tests", "tests", "{0}"
            EndProject
            Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "ProDev.Jobs", "src\ProDev.Jobs\ProDev.Jobs.csproj", "{1}"
            EndProject
            Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "ProDev.Jobs.Tests", "tests\ProDev.Jobs.Tests\ProDev.Jobs.Tests.csproj", "{2}"
            EndProject
            Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "ProDev.Jobs.Conformance", "tests\ProDev.Jobs.Conformance\ProDev.Jobs.Conformance.csproj", "{3}"
            EndProject
            """));

        Assert.Equal(3, solution.Projects.Count);
        Assert.Equal(directory.Combine("src", "ProDev.Jobs", "ProDev.Jobs.csproj"), solution.Projects[0]);
        Assert.Equal(["ProDev.Jobs.Tests"], solution.TestProjects);
        Assert.True(solution.HasProject("ProDev.Jobs"));
        Assert.False(solution.HasProject("ProDev.Job"));
    }

    [Fact]
    public void EveryTestProjectOfThisRepositoryIsInItsSolution()
    {
        IEnumerable<string> projects = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "tests"), "*.Tests.csproj", SearchOption.AllDirectories);

        SolutionFile solution = SolutionFile.Read(Path.Combine(RepositoryRoot.Path, "ProDev.Lib.sln"));

        Assert.Equal(projects.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal), solution.TestProjects);
    }

    [Fact]
    public void EveryGeneratorOfThisRepositoryIsFound()
    {
        IEnumerable<string> projects = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.SourceGenerators.csproj", SearchOption.AllDirectories);

        SolutionFile solution = SolutionFile.Read(Path.Combine(RepositoryRoot.Path, "ProDev.Lib.sln"));

        Assert.NotEmpty(solution.Generators);
        Assert.Equal(projects.Order(StringComparer.Ordinal), solution.Generators.Order(StringComparer.Ordinal));
    }
}
