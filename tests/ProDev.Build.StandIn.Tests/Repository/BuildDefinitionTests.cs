using RepositoryBuild = global::Build;

namespace ProDev.Build.StandIn.Tests;

/// <summary>The repository's own build/Build.cs on the stand-in. Nothing is compiled or tested here: all but groups is skipped.</summary>
public sealed class BuildDefinitionTests
{
    [Theory]
    [InlineData("Clean")]
    [InlineData("Restore")]
    [InlineData("Format")]
    [InlineData("Compile")]
    [InlineData("Services")]
    [InlineData("Test")]
    [InlineData("Coverage")]
    [InlineData("Pack")]
    [InlineData("Publish")]
    [InlineData("Benchmark")]
    [InlineData("Quickstart")]
    [InlineData("Ci")]
    public void TargetIsListedWithASentence(string target)
    {
        BuildResult result = BuildRunner.Run<RepositoryBuild>("--help");

        Assert.Matches($@"(?m)^  {target} +[A-Z].*\.", result.Output);
    }

    [Fact]
    public void FormatComesFirstAndServicesAreStoppedLast_WhenAllIsRun()
    {
        BuildResult result = BuildRunner.Run<RepositoryBuild>("Ci --skip");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            ["Restore", "Format", "Compile", "Services", "Test", "Pack", "StopServices"],
            result.Rows.Select(row => row.Split(' ')[0]));
    }

    [Fact]
    public void ServicesAreNeitherStartedNorStopped_WhenTheTestsRunWithoutThem()
    {
        BuildResult result = BuildRunner.Run<RepositoryBuild>("Ci --without-services --skip Restore Format Compile Test Pack");

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Order);
        Assert.Contains(result.Rows, row => row.StartsWith("Services Skipped ", StringComparison.Ordinal));
        Assert.Contains(result.Rows, row => row.StartsWith("StopServices Skipped ", StringComparison.Ordinal));
    }

    [Fact]
    public void FeedIsAskedForBeforeAnythingRuns_WhenPublishHasNone()
    {
        BuildResult result = BuildRunner.Run<RepositoryBuild>("Publish");

        Assert.Equal(-1, result.ExitCode);
        Assert.Empty(result.Order);
        Assert.Equal("Target 'Publish' requires a value for '--feed'." + Environment.NewLine, result.Error);
    }

    [Fact]
    public void MistypedWordsAreAnsweredWithTheNearest_BeforeAnEngineSeesThem()
    {
        TextWriter error = Console.Error;
        using var captured = new StringWriter();
        Console.SetError(captured);
        int exitCode = RepositoryBuild.Main(["Tets", "--keep-service", "--prodev-feed-key", "hush"]);
        Console.SetError(error);

        Assert.Equal(-1, exitCode);
        Assert.Contains("There is no target 'Tets'. Did you mean 'Test'?", captured.ToString(), StringComparison.Ordinal);
        Assert.Contains("There is no option '--keep-service'. Did you mean '--keep-services'?", captured.ToString(), StringComparison.Ordinal);
        Assert.Contains("Set the environment variable 'PRODEV_FEED_KEY' instead.", captured.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", captured.ToString(), StringComparison.Ordinal);
    }
}
