namespace ProDev.Build.Tests;

public sealed class SoakCommandTests
{
    [Fact]
    public void ProgramIsToldTimeAndSeedAndWhereToReport()
    {
        var command = SoakCommand.Create("/r", 30, 7);

        Assert.Equal(Path.Combine("/r", "tests", "ProDev.Jobs.Soak", "ProDev.Jobs.Soak.csproj"), command.Project);
        Assert.Equal($"soak --minutes 30 --output \"{Path.Combine("/r", "artifacts", "soak")}\" --seed 7", command.Arguments);
    }

    [Fact]
    public void ProgramChoosesTheSeed_WhenNoneIsGiven()
        => Assert.DoesNotContain("--seed", SoakCommand.Create("/r", 30, null).Arguments, StringComparison.Ordinal);

    [Fact]
    public void ProjectIsThere()
        => Assert.True(File.Exists(SoakCommand.Create(RepositoryRoot.Path, 1, null).Project));

    [Theory]
    [InlineData(0, null, "--minutes is '0'. Set it from 1 to 10080, which is a week.")]
    [InlineData(10081, null, "--minutes is '10081'. Set it from 1 to 10080, which is a week.")]
    [InlineData(1, -1, "--seed is '-1'. Set it to 0 or more, or leave it out for another one each time.")]
    public void NumberIsRefused_WhenItIsOutOfRange(int minutes, int? seed, string message)
        => Assert.Equal(message, Assert.Throws<BuildFailedException>(() => SoakCommand.Create("/r", minutes, seed)).Message);

    [Fact]
    public void EndIsJudged()
    {
        SoakCommand.Require(0);

        Assert.Contains("artifacts/soak/report.md", Assert.Throws<BuildFailedException>(() => SoakCommand.Require(1)).Message, StringComparison.Ordinal);
        Assert.Contains("could not run", Assert.Throws<BuildFailedException>(() => SoakCommand.Require(2)).Message, StringComparison.Ordinal);
    }
}
