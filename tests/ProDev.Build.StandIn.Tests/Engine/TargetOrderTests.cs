using Nuke.Common;

namespace ProDev.Build.StandIn.Tests;

public sealed class TargetOrderTests
{
    [Theory]
    // The default target, what it depends on, and what it triggers.
    [InlineData("", "Restore Compile Test Report")]
    // Names in any case, given first or by option, several at once or joined by a plus.
    [InlineData("compile", "Restore Compile")]
    [InlineData("--target Compile", "Restore Compile")]
    [InlineData("Restore Clean", "Clean Restore")]
    [InlineData("--target Compile+Clean", "Clean Restore Compile")]
    // A Before without a dependency orders only; it does not pull in.
    [InlineData("Clean", "Clean")]
    [InlineData("Test Clean", "Clean Restore Compile Test Report")]
    // DependentFor pulls in before, Triggers after.
    [InlineData("Publish", "Restore Compile Sign Publish Announce")]
    // A target without actions groups others. What is triggered runs once.
    [InlineData("All", "Restore Compile Test Sign Publish Report Announce")]
    public void TargetsRunInOrder_WhenAskedFor(string commandLine, string expected)
    {
        BuildResult result = BuildRunner.Run<ChainBuild>(build => build.Test, commandLine);

        Assert.Equal(expected, result.Order);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void GroupHasNoRow_WhenTheTableIsPrinted()
    {
        BuildResult result = BuildRunner.Run<ChainBuild>(build => build.Test, "All");

        Assert.DoesNotContain(result.Rows, row => row.StartsWith("All", StringComparison.Ordinal));
    }

    [Fact]
    public void AvailableTargetsAreListed_WhenOneIsUnknown()
    {
        BuildResult result = BuildRunner.Run<ChainBuild>(build => build.Test, "Nope");

        Assert.Equal(-1, result.ExitCode);
        Assert.StartsWith("Target with name 'Nope' does not exist. Available targets are:", result.Error, StringComparison.Ordinal);
        Assert.Contains("  - Compile", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Announce", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void CircleIsNamed_WhenTargetsDependOnEachOther()
    {
        BuildResult result = BuildRunner.Run<CircularBuild>(build => build.A);

        Assert.Equal(-1, result.ExitCode);
        Assert.Equal(
            "Circular dependencies between targets: A -> B -> C -> A. Take one of these arrows out of the build." + Environment.NewLine,
            result.Error);
    }

    private sealed class CircularBuild : NukeBuild
    {
        public Target A => _ => _.DependsOn(B);
        private Target B => _ => _.DependsOn(C);
        private Target C => _ => _.After(A).DependsOn(A);
    }
}
