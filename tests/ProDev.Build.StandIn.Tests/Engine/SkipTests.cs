using Nuke.Common;

namespace ProDev.Build.StandIn.Tests;

public sealed class SkipTests
{
    [Fact]
    public void OnlyTheNamedTargetAndWhatItAloneNeedsAreSkipped_WhenSkipNamesIt()
    {
        BuildResult result = BuildRunner.Run<ChainBuild>(build => build.Test, "Test --skip Compile");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            [
                "Restore Skipped // Skipped: because of Compile",
                "Compile Skipped // Skipped: via parameter",
                "Test Succeeded < 1sec",
                "Report Succeeded < 1sec",
            ],
            result.Rows);
    }

    [Fact]
    public void AllButTheInvokedTargetsAreSkipped_WhenSkipHasNoName()
    {
        BuildResult result = BuildRunner.Run<ChainBuild>(build => build.Test, "Test --skip");

        Assert.Equal("Test", result.Order);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void SkippingAnUnknownTargetIsAnError_WhenItIsMistyped()
    {
        BuildResult result = BuildRunner.Run<ChainBuild>(build => build.Test, "Test --skip Compil");

        Assert.Equal(-1, result.ExitCode);
        Assert.Contains("Target with name 'Compil' does not exist.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ConditionIsQuoted_WhenItSkipsATarget()
    {
        BuildResult result = BuildRunner.Run<ConditionalBuild>(build => build.Last);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            [
                "Needed Skipped // Skipped: because of Static",
                "Static Skipped // OnlyWhen: Never && !Always",
                "Kept Succeeded < 1sec",
                "Keeping Skipped // OnlyWhen: Never",
                "Dynamic Skipped // OnlyWhen: Never",
                "Last Succeeded < 1sec",
            ],
            result.Rows);
    }

    private sealed class ConditionalBuild : NukeBuild
    {
        private static bool Never => false;
        private static bool Always => true;
        private Target Needed => _ => _.Executes(Nothing);
        private Target Static => _ => _.DependsOn(Needed).OnlyWhenStatic(() => Never).OnlyWhenStatic(() => !Always).Executes(Nothing);
        private Target Kept => _ => _.Executes(Nothing);
        private Target Keeping => _ => _.DependsOn(Kept).WhenSkipped(DependencyBehavior.Execute).OnlyWhenStatic(() => Never).Executes(Nothing);
        private Target Dynamic => _ => _.OnlyWhenDynamic(() => Always).OnlyWhenDynamic(() => Never).Executes(Nothing);
        public Target Last => _ => _.DependsOn(Static, Keeping, Dynamic).Executes(Nothing);

        private static void Nothing()
        {
        }
    }
}
